namespace ExecutionDashboard.ControlPlane;

/// <summary>Where the control plane is and how it is asked: section <c>ControlPlane</c> of the configuration.</summary>
public sealed class ControlPlaneOptions
{
    /// <summary>Name of the section.</summary>
    public const string Section = "ControlPlane";

    /// <summary>Address of the API, absolute http or https, with or without its <c>/api/v1</c>; empty is for a host that knows it by itself.</summary>
    public string Url { get; set; } = "";

    /// <summary>Bearer token sent with every request; empty sends none. Not together with <see cref="ApiKey"/>.</summary>
    public string Token { get; set; } = "";

    /// <summary>API key (<c>exp_ak_…</c>) that is exchanged for bearer tokens at <see cref="TokenUrl"/>.</summary>
    public string ApiKey { get; set; } = "";

    /// <summary>Where an API key is exchanged.</summary>
    public string TokenUrl { get; set; } = "https://cloud.expanso.io/api/v1/auth/token";

    /// <summary>Time between two looks at what changed, 100 ms – 1 h.</summary>
    public TimeSpan PollInterval { get; set; } = TimeSpan.FromSeconds(1);

    /// <summary>Time between two full sweeps, 100 ms – 1 h.</summary>
    public TimeSpan SweepInterval { get; set; } = TimeSpan.FromSeconds(60);

    /// <summary>Longest time of one call with its retries and its whole reply, 100 ms – 1 h.</summary>
    public TimeSpan RequestTimeout { get; set; } = TimeSpan.FromSeconds(15);

    /// <summary>Longest page of a list that is read, bytes after decompression, at least 1024.</summary>
    public long MaxResponseBytes { get; set; } = 64L * 1024 * 1024;

    /// <summary>Longest reply that is a single object, bytes after decompression, at least 1024.</summary>
    public long MaxObjectBytes { get; set; } = 1024 * 1024;

    /// <summary>Reads that are under way for viewers at the same time, and as many commands, at least 1. Sixteen times as many wait for their turn.</summary>
    public int MaxConcurrentRequests { get; set; } = 32;

    /// <summary>The address alone: neither token nor key gets into a text by mistake.</summary>
    public override string ToString() => $"control plane {(Url.Length == 0 ? "(address not set)" : Url)}";
}
