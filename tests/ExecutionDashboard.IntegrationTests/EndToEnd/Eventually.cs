namespace ExecutionDashboard.IntegrationTests.EndToEnd;

/// <summary>Waits for the effects of another process by asking repeatedly.</summary>
public static class Eventually
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(100);

    /// <summary>Repeats until the problem is null; after the timeout the last problem is the failure.</summary>
    public static async Task HoldsAsync(Func<Task<string?>> problem, int seconds = 40, TimeSpan? pause = null)
    {
        var started = TimeProvider.System.GetTimestamp();
        while (await problem() is { } last)
        {
            Assert.True(TimeProvider.System.GetElapsedTime(started) < TimeSpan.FromSeconds(seconds), $"Not within {seconds} s: {last}");
            await Task.Delay(pause ?? Pause, TimeProvider.System);
        }
    }

    /// <summary>Repeats until the text contains a part.</summary>
    public static Task ContainsAsync(Func<Task<string>> read, string part, int seconds = 40) => HoldsAsync(async () =>
    {
        var text = await read();
        return text.Contains(part, StringComparison.Ordinal) ? null : $"'{part}' is not in: {text[..Math.Min(text.Length, 1_500)]}";
    }, seconds);
}
