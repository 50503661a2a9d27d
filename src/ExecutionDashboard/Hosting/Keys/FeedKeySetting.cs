using ExecutionDashboard.Fleet;
using ExecutionDashboard.Hosting.Requests;

namespace ExecutionDashboard.Hosting.Keys;

/// <summary>Reads the key shared by feed and dashboards (settings <c>Feed:Key</c>, or <c>Feed:KeyFile</c> for a file that contains it).</summary>
public static class FeedKeySetting
{
    /// <summary>Name of the setting.</summary>
    public const string Key = "Feed:Key";

    /// <summary>Name of the setting for a file.</summary>
    public const string FileKey = "Feed:KeyFile";

    // Longer than any key; the setting may name a wrong file.
    private const int MostFileBytes = 4_096;

    /// <summary>Whether a key is set, so that it survives restarts and other processes can have it.</summary>
    public static bool IsSet(IConfiguration configuration) => !string.IsNullOrWhiteSpace(configuration[Key]) || !string.IsNullOrWhiteSpace(configuration[FileKey]);

    /// <summary>
    /// The key of this process; null when it hosts neither feed nor dashboard. When both run in one process and no key is set, a random one is made, which never
    /// leaves the process.
    /// </summary>
    /// <exception cref="InvalidOperationException">The key is invalid, or missing although two processes need the same one.</exception>
    public static FeedKey? Read(IConfiguration configuration, Roles roles)
    {
        if ((roles & (Roles.Feed | Roles.Dashboard)) == 0) return null;
        var (text, file) = (configuration[Key], configuration[FileKey]);
        if (!string.IsNullOrWhiteSpace(text) && !string.IsNullOrWhiteSpace(file))
            throw new InvalidOperationException($"Settings '{Key}' and '{FileKey}' are both set: remove one of them.");
        if (!string.IsNullOrWhiteSpace(file)) return Parse(FileKey, ReadFile(file));
        if (!string.IsNullOrWhiteSpace(text)) return Parse(Key, text);

        var isWhole = roles.HasFlag(Roles.Feed | Roles.Dashboard);
        if (isWhole && FeedAddress.Read(configuration).Count == 0) return FeedKey.Random();
        throw new InvalidOperationException(
            $"Setting '{Key}' is missing: {(roles.HasFlag(Roles.Feed) && !isWhole ? "a feed without dashboard" : $"a dashboard with a feed elsewhere ({FeedAddress.Key})")} needs the secret that both share, "
            + $"{FeedKey.LeastLength} characters or more; '{FileKey}' can name a file that contains it.");
    }

    private static FeedKey Parse(string setting, string text)
    {
        try
        {
            return FeedKey.Parse(text);
        }
        catch (FormatException problem)
        {
            throw new InvalidOperationException($"Setting '{setting}' {problem.Message}.", problem);
        }
    }

    private static string ReadFile(string file)
    {
        try
        {
            using var reader = new StreamReader(file);
            var buffer = new char[MostFileBytes];
            return new string(buffer, 0, reader.ReadBlock(buffer));
        }
        catch (Exception problem) when (problem is IOException or UnauthorizedAccessException or NotSupportedException or ArgumentException)
        {
            throw new InvalidOperationException($"Setting '{FileKey}' names a file that cannot be read: {problem.Message}", problem);
        }
    }
}
