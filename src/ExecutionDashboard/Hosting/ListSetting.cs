namespace ExecutionDashboard.Hosting;

/// <summary>Settings with several values: separated by commas, semicolons or spaces, or as an array.</summary>
internal static class ListSetting
{
    private static readonly char[] Separators = [',', ';', ' ', '\t', '\r', '\n'];

    /// <summary>The values of a setting.</summary>
    public static IReadOnlyList<string> Read(IConfiguration configuration, string key) =>
        [.. configuration.GetSection(key).GetChildren().Select(child => child.Value).Prepend(configuration[key])
            .SelectMany(text => (text ?? "").Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries))];
}
