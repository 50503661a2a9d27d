using System.Text;
using ExecutionDashboard.Fleet.Store.Columns;

namespace ExecutionDashboard.Fleet.Store.Queries;

/// <summary>
/// Finds text in id, message, job name, node name or node id. Texts shared by many rows are searched once. Ids are searched last, and not at all for a text that no
/// UUID contains.
/// </summary>
internal sealed class TextFilter
{
    private const int UuidLength = 36;

    private readonly string _text;
    private readonly byte[]? _uuidPart;
    private readonly ExecutionTable _table;
    private readonly NumberCache<bool> _messages, _jobs, _nodes;

    public TextFilter(string text, ExecutionTable table)
    {
        (_text, _table) = (text, table);
        if (text.Length <= UuidLength && text.AsSpan().IndexOfAnyExcept("0123456789abcdefABCDEF-") < 0)
            _uuidPart = Encoding.ASCII.GetBytes(text.ToLowerInvariant());
        _messages = new(message => In(table.Messages[message]), () => table.Messages.Limit);
        _jobs = new(job => In(table.Jobs[job].Name), () => table.Jobs.Count);
        _nodes = new(node => In(table.Nodes[node].Name) || In(table.Nodes[node].Id), () => table.Nodes.Count);
    }

    /// <summary>Prepares it for use by several threads.</summary>
    public void Share()
    {
        _messages.Widen();
        _jobs.Widen();
        _nodes.Widen();
    }

    public bool Matches(int row) =>
        _messages[_table.Message[row]] || _jobs[_table.Job[row]] || _nodes[_table.Node[row]] || MatchesId(_table.Key[row]);

    private bool MatchesId(UInt128 key)
    {
        if (!IdTable.IsUuid(key)) return In(_table.Ids.Text(key));
        if (_uuidPart is null) return false;
        Span<byte> id = stackalloc byte[UuidLength];
        IdTable.FormatUuid(key, id);
        return id.IndexOf(_uuidPart) >= 0;
    }

    private bool In(string text) => text.Contains(_text, StringComparison.OrdinalIgnoreCase);
}
