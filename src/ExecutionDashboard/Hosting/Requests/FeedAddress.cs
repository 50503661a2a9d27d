using ExecutionDashboard.Live;

namespace ExecutionDashboard.Hosting.Requests;

/// <summary>The address of the feed that is asked: one of the settings <c>Feed:Url</c> and <c>Feed:Urls</c>, or the feed in this process, or one that such a feed says leads.</summary>
public sealed class FeedAddress(IConfiguration configuration, OwnAddress own) : IFeedAddress
{
    /// <summary>Name of the setting for one.</summary>
    public const string Key = "Feed:Url";

    /// <summary>Name of the setting for several.</summary>
    public const string ListKey = "Feed:Urls";

    private readonly IReadOnlyList<Uri> _configured = Read(configuration);
    private volatile Uri? _asked;

    /// <inheritdoc/>
    public Uri? BaseAddress => _asked ?? Known.FirstOrDefault();

    /// <inheritdoc/>
    public IReadOnlyList<Uri> Known => _configured.Count > 0 ? _configured : own.BaseAddress is { } self ? [self] : [];

    /// <inheritdoc/>
    public void Ask(Uri feed) => _asked = feed;

    /// <summary>The addresses of both settings, each with a trailing slash and once; empty when none is set.</summary>
    /// <exception cref="InvalidOperationException">One is not an absolute http or https address.</exception>
    internal static IReadOnlyList<Uri> Read(IConfiguration configuration) =>
    [
        .. (string.IsNullOrWhiteSpace(configuration[Key]) ? [] : (Uri[])[Parse(Key, configuration[Key]!.Trim())]).Concat(ListSetting.Read(configuration, ListKey).Select(text => Parse(ListKey, text))).Distinct(),
    ];

    private static Uri Parse(string key, string text) =>
        Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https" ? uri
        : throw new InvalidOperationException($"Setting '{key}' {(key == Key ? "is" : "has")} '{text}'; it takes {(key == Key ? "an absolute http or https address" : "absolute http or https addresses, separated by commas")}.");
}
