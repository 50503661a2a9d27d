using System.Globalization;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Storage.Log;

/// <summary>Reads what entities were besides what their changes tell: see <see cref="Fleet.Past.FormerFacts"/>. Safe for concurrent use.</summary>
/// <param name="reader">The log.</param>
internal sealed class FormerReader(LogReader reader)
{
    private static readonly IReadOnlyList<byte[]> None = [];

    /// <summary>The rows of some entities after a number, oldest first. What an entity is now must have been read before, since a row that is written later tells what was replaced by then.</summary>
    /// <param name="keys">The entities, some hundred at most.</param>
    /// <param name="sequence">The number.</param>
    public Func<long, IReadOnlyList<byte[]>> After(IReadOnlyCollection<long> keys, long sequence)
    {
        if (keys.Count == 0) return _ => None;
        var found = new Dictionary<long, List<byte[]>>();
        using var session = reader.Open();
        using var rows = session.Prepare($"SELECT entity, body FROM former WHERE entity IN ({string.Join(',', keys.Select(key => key.ToString(CultureInfo.InvariantCulture)))}) AND seq > ? ORDER BY entity, seq");
        for (rows.Bind(1, sequence); rows.Read();)
        {
            if (!found.TryGetValue(rows.Long(0), out var all)) found[rows.Long(0)] = all = [];
            all.Add(rows.Blob(1).ToArray());
        }
        return key => found.GetValueOrDefault(key) ?? None;
    }

    /// <summary>All rows of an entity by its id, oldest first; also of one that was removed, while the log has it.</summary>
    public IReadOnlyList<byte[]> Of(FleetKind kind, string id)
    {
        using var session = reader.Open();
        using var rows = session.Prepare("SELECT former.body FROM former JOIN entities ON key = entity WHERE kind = ? AND id = ? ORDER BY seq");
        var found = new List<byte[]>();
        for (rows.Bind(1, (long)kind).Bind(2, id); rows.Read();) found.Add(rows.Blob(0).ToArray());
        return found;
    }
}
