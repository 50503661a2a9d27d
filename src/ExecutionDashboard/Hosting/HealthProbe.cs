namespace ExecutionDashboard.Hosting;

/// <summary>
/// <c>--health URL</c>: asks a running process for its health and ends with 0 or 1. The base image has no other program that could.
/// </summary>
public static class HealthProbe
{
    /// <summary>Whether the arguments ask for the probe.</summary>
    public static bool IsAsked(string[] args) => args is ["--health", _];

    /// <summary>Asks; 0 when the reply was a success.</summary>
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
