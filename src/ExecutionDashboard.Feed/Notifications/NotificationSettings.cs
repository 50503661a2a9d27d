using System.Text.RegularExpressions;
using ExecutionDashboard.Fleet.Attention;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Options;

namespace ExecutionDashboard.Feed.Notifications;

/// <summary>The receivers of notifications, and where their links lead.</summary>
/// <param name="Targets">The receivers.</param>
/// <param name="Links">Addresses of the dashboard's pages.</param>
internal sealed record NotificationSettings(IReadOnlyList<NotificationTarget> Targets, DashboardLinks Links)
{
    private const int MostTargets = 20;
    private static readonly TimeSpan ShortestWindow = TimeSpan.FromSeconds(1), LongestWindow = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan ShortestRetry = TimeSpan.FromMinutes(1), LongestRetry = TimeSpan.FromDays(7);

    /// <summary>Names of the settings, as in <c>Notifications:name:Url</c>.</summary>
    public static IReadOnlyList<string> Keys { get; } =
        [.. typeof(NotificationOptions).GetProperties().Where(p => p.CanWrite).Select(p => $"{NotificationOptions.Section}:{NotificationOptions.AnyName}:{p.Name}")];

    /// <summary>Reads the settings. What they say of addresses and headers never repeats them.</summary>
    /// <exception cref="OptionsValidationException">They make no sense; each line names the setting.</exception>
    public static NotificationSettings Read(IConfiguration configuration)
    {
        var problems = new List<string>();
        var sections = configuration.GetSection(NotificationOptions.Section).GetChildren().Where(s => s.GetChildren().Any()).ToList();
        if (sections.Count > MostTargets) problems.Add($"{NotificationOptions.Section} has {sections.Count} receivers: at most {MostTargets} are served.");
        var targets = sections.Select(section => Target(section, problems)).OfType<NotificationTarget>().ToList();
        return problems.Count == 0 ? new NotificationSettings(targets, DashboardLinks.Read(configuration))
            : throw new OptionsValidationException(NotificationOptions.Section, typeof(NotificationOptions), problems);
    }

    private static NotificationTarget? Target(IConfigurationSection section, List<string> problems)
    {
        var (before, options) = (problems.Count, Read(section));
        if (!Regex.IsMatch(section.Key, "^[A-Za-z0-9_-]{1,40}$")) problems.Add($"{section.Path}: the name of a receiver is of 1 to 40 letters, digits, '-' and '_'.");
        var format = Word<NotificationFormat>(section, nameof(options.Format), options.Format, problems);
        var severity = Word<ProblemSeverity>(section, nameof(options.Severity), options.Severity, problems);
        ProblemSeverity? quietSeverity = options.QuietSeverity.Equals("none", StringComparison.OrdinalIgnoreCase) ? null
            : Word<ProblemSeverity>(section, nameof(options.QuietSeverity), options.QuietSeverity, problems, " or none");
        var url = Address(section, options.Url, format, problems);
        var quiet = Quiet(section, options, format, problems);
        var headers = Headers(section, problems);
        var causes = Causes(section, problems);
        Within(section, nameof(options.BatchWindow), options.BatchWindow, ShortestWindow, LongestWindow, problems);
        Within(section, nameof(options.RetryFor), options.RetryFor, ShortestRetry, LongestRetry, problems);
        return problems.Count > before || url is null ? null : new NotificationTarget
        {
            Name = section.Key, Url = url, Format = format, Severity = severity, Causes = causes, Headers = headers, QuietHours = quiet, QuietSeverity = quietSeverity,
            BatchWindow = options.BatchWindow, RetryFor = options.RetryFor,
        };
    }

    // One by one: the framework's binder takes no list for a text, and what is set to nothing is not set.
    private static NotificationOptions Read(IConfigurationSection section)
    {
        var options = new NotificationOptions();
        string? Text(string name) => string.IsNullOrWhiteSpace(section[name]) ? null : section[name]!.Trim();
        options.Url = Text(nameof(options.Url));
        options.Format = Text(nameof(options.Format)) ?? options.Format;
        options.Severity = Text(nameof(options.Severity)) ?? options.Severity;
        options.QuietHours = Text(nameof(options.QuietHours));
        options.QuietZone = Text(nameof(options.QuietZone)) ?? options.QuietZone;
        options.QuietSeverity = Text(nameof(options.QuietSeverity)) ?? options.QuietSeverity;
        options.BatchWindow = section.GetValue(nameof(options.BatchWindow), options.BatchWindow);
        options.RetryFor = section.GetValue(nameof(options.RetryFor), options.RetryFor);
        return options;
    }

    private static Uri? Address(IConfigurationSection section, string? text, NotificationFormat format, List<string> problems)
    {
        var key = $"{section.Path}:{nameof(NotificationOptions.Url)}";
        if (string.IsNullOrWhiteSpace(text)) problems.Add($"{key} is missing: give the address that notifications are posted to.");
        else if (!Uri.TryCreate(text.Trim(), UriKind.Absolute, out var url) || url.Scheme is not ("http" or "https")) problems.Add($"{key} is no http or https address.");
        else if (url.UserInfo.Length > 0) problems.Add($"{key} has a user name or password in it: give them as a header ({section.Path}:{nameof(NotificationOptions.Headers)}).");
        else return format != NotificationFormat.Alertmanager || url.AbsolutePath.EndsWith(AlertmanagerMessage.Path, StringComparison.Ordinal) ? url
            : new UriBuilder(url) { Path = url.AbsolutePath.TrimEnd('/') + AlertmanagerMessage.Path }.Uri;
        return null;
    }

    private static QuietHours? Quiet(IConfigurationSection section, NotificationOptions options, NotificationFormat format, List<string> problems)
    {
        if (string.IsNullOrWhiteSpace(options.QuietHours)) return null;
        var key = $"{section.Path}:{nameof(options.QuietHours)}";
        if (format == NotificationFormat.Alertmanager) problems.Add($"{key} cannot be kept with an Alertmanager, which would take silence for the end of a problem: use its mute time intervals.");
        else if (QuietHours.Parse(options.QuietHours) is not { } hours) problems.Add($"{key} is '{options.QuietHours}': it must be two times such as 22:00-07:00.");
        else if (!TimeZoneInfo.TryFindSystemTimeZoneById(options.QuietZone, out var zone))
            problems.Add($"{section.Path}:{nameof(options.QuietZone)} is '{options.QuietZone}': it must be a zone that this machine knows, such as Europe/Berlin.");
        else return new QuietHours(hours.From, hours.To, zone);
        return null;
    }

    private static List<(string, string)> Headers(IConfigurationSection section, List<string> problems)
    {
        var headers = new List<(string, string)>();
        using var probe = new HttpRequestMessage();
        foreach (var line in Values(section, nameof(NotificationOptions.Headers), '\n', '\r'))
        {
            var (name, value) = line.IndexOf(':', StringComparison.Ordinal) is var colon and > 0 ? (line[..colon].Trim(), line[(colon + 1)..].Trim()) : ("", "");
            // One that is of the body, or is set by the program, is refused with those that are no headers.
            if (value.Length > 0 && value.All(c => c is >= ' ' and <= '~' or '\t') && !IsOwn(name) && probe.Headers.TryAddWithoutValidation(name, value)) headers.Add((name, value));
            else problems.Add($"{section.Path}:{nameof(NotificationOptions.Headers)} has a line that is no header that can be set: each must be 'Name: value', in ASCII.");
        }
        return headers;
    }

    private static bool IsOwn(string name) => name.ToLowerInvariant() is "host" or "content-length" or "content-type" or "transfer-encoding" or "connection" or "idempotency-key" or "expect";

    private static HashSet<ProblemCause> Causes(IConfigurationSection section, List<string> problems)
    {
        var causes = new HashSet<ProblemCause>();
        foreach (var code in Values(section, nameof(NotificationOptions.Causes), ',', ';', ' ', '\n', '\r', '\t'))
            if (ProblemCauses.Find(code.ToLowerInvariant()) is { } cause) causes.Add(cause);
            else problems.Add($"{section.Path}:{nameof(NotificationOptions.Causes)} has '{code}', which is no cause: docs/attention.md lists them, such as {ProblemCauses.CodeOf(ProblemCause.Outage)}.");
        return causes;
    }

    private static IEnumerable<string> Values(IConfigurationSection section, string name, params char[] separators) =>
        section.GetSection(name).GetChildren().Select(c => c.Value).Prepend(section[name]).SelectMany(v => (v ?? "").Split(separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));

    private static void Within(IConfigurationSection section, string name, TimeSpan value, TimeSpan least, TimeSpan most, List<string> problems)
    {
        if (value < least || value > most) problems.Add($"{section.Path}:{name} is {value}: it must be {least} to {most} (days.hours:minutes:seconds).");
    }

    private static T Word<T>(IConfigurationSection section, string name, string text, List<string> problems, string or = "") where T : struct, Enum
    {
        if (Enum.TryParse<T>(text.Trim(), ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsDigit(text.Trim()[0])) return value;
        problems.Add($"{section.Path}:{name} is '{text}': it must be {string.Join(", ", Enum.GetNames<T>()).ToLowerInvariant()}{or}.");
        return default;
    }
}
