namespace ExecutionDashboard.ControlPlane;

/// <summary>Address, credentials and limits for the control plane: section <c>ControlPlane</c>.</summary>
public sealed class ControlPlaneOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "ControlPlane";

    /// <summary>Address of the API, absolute http or https, with or without its <c>/api/v1</c>; empty when the host provides it.</summary>
    public string Url { get; set; } = "";

    /// <summary>Bearer token sent with every request; empty sends none. Not together with <see cref="ApiKey"/>.</summary>
    public string Token { get; set; } = "";

    /// <summary>API key (<c>exp_ak_…</c>), which is exchanged for bearer tokens at <see cref="TokenUrl"/>.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Address where the API key is exchanged.</summary>
    public string TokenUrl { get; set; } = "https://cloud.expanso.io/api/v1/auth/token";

    /// <summary>Time between polls, 100 ms – 1 h.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Time between full sweeps, 100 ms – 1 h.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Timeout of one call with its retries and its whole reply, 100 ms – 1 h.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest page of a list, bytes after decompression, at least 1024.</summary>
    public long MaxResponseBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>Longest reply with a single object, bytes after decompression, at least 1024.</summary>
    public long MaxObjectBytes { get; set; } = 1024 * 1024;

    /// <summary>Concurrent reads for viewers, and as many commands, at least 1. Sixteen times as many can wait.</summary>
    public int MaxConcurrentRequests { get; set; } = 32;

    /// <summary>Only the address, so that token and key do not end up in logs.</summary>
    public override string ToString() => $"control plane {(Url.Length == 0 ? "(address not set)" : Url)}";
}
