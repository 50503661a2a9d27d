namespace ExecutionDashboard.Hosting.Telemetry;

/// <summary>The address of an OTLP collector: OpenTelemetry's own setting. It is validated here, because the library ignores an invalid one.</summary>
internal static class CollectorSetting
{
    /// <summary>Name of the setting.</summary>
    public const string Key = "OTEL_EXPORTER_OTLP_ENDPOINT";

    /// <summary>Whether a collector is set.</summary>
    /// <exception cref="InvalidOperationException">The setting is not an address.</exception>
    public static bool IsSet(IConfiguration configuration)
    {
        if (configuration[Key] is not { } text || string.IsNullOrWhiteSpace(text)) return false;
        if (!Uri.TryCreate(text, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
            throw new InvalidOperationException($"{Key} is '{text}': it must be an http or https address, such as http://collector:4317.");
        return true;
    }
}
