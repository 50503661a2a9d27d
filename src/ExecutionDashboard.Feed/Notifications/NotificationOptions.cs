namespace ExecutionDashboard.Feed.Notifications;

/// <summary>One receiver of notifications as it is configured: <c>Notifications:name:*</c>, where the name is the operator's. <see cref="NotificationTarget"/> has what it means.</summary>
internal sealed class NotificationOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "Notifications";

    /// <summary>Stands in lists of settings where a receiver's own name is.</summary>
    public const string AnyName = "name";

    /// <summary>Where to post to; of an Alertmanager its own address. It may be a secret.</summary>
    public string? Url { get; set; }
    /// <summary><c>json</c>, <c>slack</c> or <c>alertmanager</c>.</summary>
    public string Format { get; set; } = "json";
    /// <summary>Least severity that is told.</summary>
    public string Severity { get; set; } = "warning";
    /// <summary>Codes of the causes that are told; none: all.</summary>
    public string? Causes { get; set; }
    /// <summary>Headers of each request, as <c>Name: value</c>, a line each. They may be secrets.</summary>
    public string? Headers { get; set; }
    /// <summary>When nothing is sent, as <c>22:00-07:00</c>.</summary>
    public string? QuietHours { get; set; }
    /// <summary>The zone of the quiet hours.</summary>
    public string QuietZone { get; set; } = "UTC";
    /// <summary>Least severity that is sent in quiet hours all the same, or <c>none</c>.</summary>
    public string QuietSeverity { get; set; } = "critical";
    /// <summary>How long a problem waits for others that go into the same message, 1 s – 10 min.</summary>
    public TimeSpan BatchWindow { get; set; } = TimeSpan.FromSeconds(5);
    /// <summary>How long a message is tried again, 1 min – 7 days.</summary>
    public TimeSpan RetryFor { get; set; } = TimeSpan.FromHours(24);
}
