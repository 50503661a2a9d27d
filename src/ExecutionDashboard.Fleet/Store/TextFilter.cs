namespace ExecutionDashboard.Fleet;

/// <summary>
/// Text in id, message, job name, node name or node id. A text that many rows share is looked into once; ids are last, and a text that no
/// UUID can have spares them.
/// </summary>
internal sealed class TextFilter
{
    private readonly string _text;
    private readonly ExecutionTable _table;
    private readonly Dictionary<int, bool> _messages = [], _jobs = [], _nodes = [];
    private readonly bool _uuidsCanHaveIt;

    public TextFilter(string text, ExecutionTable table)
    {
        _text = text;
        _table = table;
        _uuidsCanHaveIt = text.Length <= 36 && text.AsSpan().IndexOfAnyExcept("0123456789abcdefABCDEF-") < 0;
    }

    public bool Matches(int row) => MatchesMessage(_table.Message[row]) || MatchesJob(_table.Job[row]) || MatchesNode(_table.Node[row]) || MatchesId(_table.Key[row]);

    private bool MatchesMessage(int message)
    {
        if (message == 0) return false;
        if (!_messages.TryGetValue(message, out var matches)) _messages[message] = matches = In(_table.Messages[message]);
        return matches;
    }

    private bool MatchesJob(int job)
    {
        if (!_jobs.TryGetValue(job, out var matches)) _jobs[job] = matches = In(_table.Jobs[job].Name);
        return matches;
    }

    private bool MatchesNode(int node)
    {
        if (!_nodes.TryGetValue(node, out var matches)) _nodes[node] = matches = In(_table.Nodes[node].Name) || In(_table.Nodes[node].Id);
        return matches;
    }

    private bool MatchesId(UInt128 key)
    {
        if (!IdTable.IsUuid(key)) return In(_table.Ids.Text(key));
        if (!_uuidsCanHaveIt) return false;
        Span<char> id = stackalloc char[36];
        IdTable.FormatUuid(key, id);
        return ((ReadOnlySpan<char>)id).IndexOf(_text, StringComparison.OrdinalIgnoreCase) >= 0;
    }

    private bool In(string text) => text.Contains(_text, StringComparison.OrdinalIgnoreCase);
}
