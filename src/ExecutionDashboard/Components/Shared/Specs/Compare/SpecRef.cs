using System.Globalization;

namespace ExecutionDashboard.Components.Shared.Specs.Compare;

/// <summary>Where a spec comes from.</summary>
public enum SpecOrigin
{
    /// <summary>The spec that an execution was started with.</summary>
    Execution,
    /// <summary>The spec of an execution's predecessor.</summary>
    Previous,
    /// <summary>The current spec of a job.</summary>
    Job,
    /// <summary>A version of a job.</summary>
    Version,
    /// <summary>A pasted text; it is not in any address.</summary>
    Pasted,
}

/// <summary>
/// A spec by its origin. Its text form is used in addresses: <c>execution:ID</c>, <c>previous:ID</c>, <c>job:ID</c>, <c>version:3:ID</c>, <c>pasted</c>.
/// </summary>
/// <param name="Origin">Where it comes from.</param>
/// <param name="Id">Id of the execution or the job; empty for a pasted text.</param>
/// <param name="Number">The version's number; 0 otherwise.</param>
public sealed record SpecRef(SpecOrigin Origin, string Id, int Number = 0)
{
    /// <summary>A pasted text.</summary>
    public static SpecRef Pasted { get; } = new(SpecOrigin.Pasted, "");

    /// <summary>The spec that an execution was started with.</summary>
    public static SpecRef Execution(string id) => new(SpecOrigin.Execution, id);

    /// <summary>The spec of an execution's predecessor.</summary>
    public static SpecRef Previous(string id) => new(SpecOrigin.Previous, id);

    /// <summary>The current spec of a job.</summary>
    public static SpecRef Job(string id) => new(SpecOrigin.Job, id);

    /// <summary>A version of a job.</summary>
    public static SpecRef Version(string jobId, int version) => new(SpecOrigin.Version, jobId, version);

    /// <summary>Parses the text form; null for anything else.</summary>
    public static SpecRef? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text)) return null;
        if (text == "pasted") return Pasted;
        var colon = text.IndexOf(':');
        if (colon < 0 || colon == text.Length - 1) return null;
        var rest = text[(colon + 1)..];
        switch (text[..colon])
        {
            case "execution": return Execution(rest);
            case "previous": return Previous(rest);
            case "job": return Job(rest);
            case "version":
                var second = rest.IndexOf(':');
                return second > 0 && second < rest.Length - 1 && int.TryParse(rest.AsSpan(0, second), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
                    ? Version(rest[(second + 1)..], number) : null;
            default: return null;
        }
    }

    /// <summary>The text form.</summary>
    public override string ToString() => Origin switch
    {
        SpecOrigin.Pasted => "pasted",
        SpecOrigin.Version => string.Create(CultureInfo.InvariantCulture, $"version:{Number}:{Id}"),
        _ => $"{Origin.ToString().ToLowerInvariant()}:{Id}",
    };
}
