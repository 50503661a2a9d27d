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
    private readonly RepeatedValues<IReadOnlyDictionary<string, string>> _maps = new(Fields.TextMap);
    private readonly RepeatedValues<IReadOnlyDictionary<string, IReadOnlyList<string>>> _lists = new(Fields.TextLists);

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

    /// <summary>A map of texts that many rows have; empty when it is none.</summary>
    public IReadOnlyDictionary<string, string> Map(JsonElement element) => _maps.Of(element);

    /// <summary>Lists of texts that many rows have, those with texts by their names; empty when it is none.</summary>
    public IReadOnlyDictionary<string, IReadOnlyList<string>> Lists(JsonElement element) => _lists.Of(element);

    public void Problem(string line)
    {
        if (_problems.Count < MaxProblems) _problems.Add(line.Length <= 200 ? line : line[..200] + "…");
    }
}
