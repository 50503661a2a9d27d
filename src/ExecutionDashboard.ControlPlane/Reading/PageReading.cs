using System.Text.Json;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.ControlPlane.Reading;

/// <summary>Collects, while one reply is read, its specs and what could not be read.</summary>
internal sealed class PageReading(SpecCache cache)
{
    private const int MaxProblems = 20;

    private readonly Dictionary<string, JobSpec> _specs = new(StringComparer.Ordinal);
    private readonly List<string> _problems = [];
    private readonly RepeatedValues<string> _texts = new(Fields.Text);
    private readonly RepeatedValues<StateReport> _reports = new(States.Report);

    public IReadOnlyList<JobSpec> Specs => [.. _specs.Values];

    public IReadOnlyList<string> Problems => _problems;

    /// <summary>The spec in a field; null without one (missing, null, not an object, or an empty object).</summary>
    public JobSpec? Spec(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object || !element.EnumerateObject().MoveNext()) return null;
        try
        {
            var spec = cache.Read(element);
            _specs.TryAdd(spec.Hash, spec);
            return spec;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            Problem("a job spec could not be read: " + e.Message);
            return null;
        }
    }

    /// <summary>A text that many rows have.</summary>
    public string Text(JsonElement element) => _texts.Of(element);

    /// <summary>A state that many rows have.</summary>
    public StateReport Report(JsonElement element) => _reports.Of(element);

    public void Problem(string line)
    {
        if (_problems.Count < MaxProblems) _problems.Add(line.Length <= 200 ? line : line[..200] + "…");
    }
}
