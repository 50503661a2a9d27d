namespace ExecutionDashboard.Hosting;

/// <summary><c>--health URL</c>: requests the health of a running process and exits with 0 or 1. The base image has no other program for this.</summary>
public static class HealthProbe
{
    /// <summary>Whether the arguments request the probe.</summary>
    public static bool IsAsked(string[] args) => args is ["--health", _];

    /// <summary>Sends the request; 0 when the reply is a success.</summary>
    public static async Task<int> RunAsync(string[] args)
    {
        using var http = new HttpClient { Timeout = TimeSpan.FromSeconds(2) };
        try
        {
            using var reply = await http.GetAsync(new Uri(args[1]));
            return reply.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception e) when (e is HttpRequestException or TaskCanceledException or UriFormatException)
        {
            await Console.Error.WriteLineAsync($"{args[1]}: {e.Message}");
            return 1;
        }
    }
}
