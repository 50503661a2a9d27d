using ExecutionDashboard.Storage;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Feed;

/// <summary>Options of the feed: <c>ControlPlane:*Interval</c>, <c>Storage:*</c>, <c>Feed:Lease</c>, <c>Feed:PublicUrl</c> and <c>Limits:SubscriptionsPerConnection</c>.</summary>
internal sealed class FeedOptions
{
    private static readonly TimeSpan LeastShortest = TimeSpan.FromMilliseconds(50);
    private const int ShortestPart = 20;

    /// <summary>Longest time between polls, 100 ms – 1 h.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);
    /// <summary>Shortest time between polls while somebody looks and the server answers fast, 20 ms – 1 h; null for a twentieth of the longest, at least 50 ms.</summary>
    public TimeSpan? ShortestPollInterval { get; set; }

    /// <summary>The shortest time between polls, never above the longest.</summary>
    internal TimeSpan Shortest
    {
        get
        {
            var shortest = ShortestPollInterval ?? (PollInterval / ShortestPart < LeastShortest ? LeastShortest : PollInterval / ShortestPart);
            return shortest > PollInterval ? PollInterval : shortest;
        }
    }

    /// <summary>Time between full sweeps, 100 ms – 1 h.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(60);
    /// <summary>Where everything is stored that lasts.</summary>
    public StorageSettings Storage { get; set; } = new();
    /// <summary>How long changes are kept, 1 h – 10 years. Existing entities keep their state from before.</summary>
    public TimeSpan Retention { get; set; } = TimeSpan.FromDays(30);
    /// <summary>Concurrent subscriptions per connection of the hub, 1 – 100.</summary>
    public int SubscriptionsPerConnection { get; set; } = 1;
    /// <summary>How long a feed leads that nothing is heard of, where several share a database, 2 s – 1 min.</summary>
    public TimeSpan Lease { get; set; } = TimeSpan.FromSeconds(10);
    /// <summary>Where dashboards reach this feed; null for the address that it listens on, under the name of its machine.</summary>
    public Uri? PublicUrl { get; set; }
    /// <summary>How long a write waits for a database that another process has locked, before the problem is reported and the write retried.</summary>
    public TimeSpan LockTimeout { get; set; } = TimeSpan.FromSeconds(5);
}

/// <summary>Reads <see cref="FeedOptions"/>; an invalid value stops the start with an error that names the setting.</summary>
internal sealed class FeedOptionsSetup(IConfiguration configuration) : IConfigureOptions<FeedOptions>, IValidateOptions<FeedOptions>
{
    private const string PollKey = "ControlPlane:PollInterval", ShortestPollKey = "ControlPlane:ShortestPollInterval", SweepKey = "ControlPlane:SweepInterval", RetentionKey = "Storage:Retention", SubscriptionsKey = "Limits:SubscriptionsPerConnection", LeaseKey = "Feed:Lease", PublicUrlKey = "Feed:PublicUrl";

    /// <summary>The settings.</summary>
    public static IReadOnlyList<string> Keys { get; } = [PollKey, ShortestPollKey, SweepKey, .. StorageSettings.Keys, RetentionKey, SubscriptionsKey, LeaseKey, PublicUrlKey];

    private static readonly TimeSpan Shortest = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan ShortestPoll = TimeSpan.FromMilliseconds(20);
    private static readonly TimeSpan Longest = TimeSpan.FromHours(1);

    private static readonly TimeSpan ShortestLease = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestLease = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan ShortestRetention = TimeSpan.FromHours(1);
    private static readonly TimeSpan LongestRetention = TimeSpan.FromDays(3_650);

    public void Configure(FeedOptions options)
    {
        options.PollInterval = Interval(PollKey) ?? options.PollInterval;
        options.ShortestPollInterval = Interval(ShortestPollKey);
        options.SweepInterval = Interval(SweepKey) ?? options.SweepInterval;
        options.Retention = Interval(RetentionKey) ?? options.Retention;
        options.SubscriptionsPerConnection = Number(SubscriptionsKey) ?? options.SubscriptionsPerConnection;
        options.Lease = Interval(LeaseKey) ?? options.Lease;
        options.PublicUrl = Address(PublicUrlKey);
        options.Storage = StorageSettings.Read(name => configuration[name]);
    }

    public ValidateOptionsResult Validate(string? name, FeedOptions options)
    {
        var problems = new List<string>();
        CheckInterval(PollKey, options.PollInterval, problems);
        if (options.ShortestPollInterval is { } shortest && (shortest < ShortestPoll || shortest > Longest))
            problems.Add($"{ShortestPollKey} is {shortest}: it must be 00:00:00.02 to 01:00:00 (hours:minutes:seconds).");
        CheckInterval(SweepKey, options.SweepInterval, problems);
        if (options.Retention < ShortestRetention || options.Retention > LongestRetention)
            problems.Add($"Storage:Retention is {options.Retention}: it must be 01:00:00 to 3650.00:00:00 (days.hours:minutes:seconds).");
        if (options.SubscriptionsPerConnection is < 1 or > 100)
            problems.Add($"{SubscriptionsKey} is {options.SubscriptionsPerConnection}: it must be 1 to 100.");
        if (options.Lease < ShortestLease || options.Lease > LongestLease) problems.Add($"{LeaseKey} is {options.Lease}: it must be 00:00:02 to 00:01:00 (hours:minutes:seconds).");
        if (options.Storage.Problem() is { } problem) problems.Add(problem);
        return problems.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(problems);
    }

    private static void CheckInterval(string key, TimeSpan value, List<string> problems)
    {
        if (value < Shortest || value > Longest)
            problems.Add($"{key} is {value}: it must be 00:00:00.1 to 01:00:00 (hours:minutes:seconds).");
    }

    private TimeSpan? Interval(string key) =>
        Text(key) is not { } text ? null
        : TimeSpan.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value
        : throw new OptionsValidationException(key, typeof(FeedOptions), [$"{key} is '{text}': it must be a time such as {(key == RetentionKey ? "30.00:00:00 (days." : "00:00:01 (")}hours:minutes:seconds)."]);

    private Uri? Address(string key) =>
        Text(key) is not { } text ? null
        : Uri.TryCreate(text.TrimEnd('/') + "/", UriKind.Absolute, out var address) && address.Scheme is "http" or "https" ? address
        : throw new OptionsValidationException(key, typeof(FeedOptions), [$"{key} is '{text}': it must be an http or https address, at which dashboards reach this feed."]);

    private int? Number(string key) =>
        Text(key) is not { } text ? null
        : int.TryParse(text, System.Globalization.CultureInfo.InvariantCulture, out var value) ? value
        : throw new OptionsValidationException(key, typeof(FeedOptions), [$"{key} is '{text}': it must be a whole number."]);

    private string? Text(string key) => string.IsNullOrWhiteSpace(configuration[key]) ? null : configuration[key]!.Trim();
}
