
namespace ExecutionDashboard.Storage.Log;

/// <summary>The table of texts, in memory in both directions. New ones are added within the writer's transaction.</summary>
internal sealed class LogTexts
{
    private readonly Dictionary<string, long> _keys = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<string> _added = [];
    private readonly Action<long, string> _store;
    private long _next = 1;

    /// <param name="session">The session of the writer.</param>
    /// <param name="store">Stores a new text with its key.</param>
    public LogTexts(Session session, Action<long, string> store)
    {
        _store = store;
        using var texts = session.Prepare("SELECT key, text FROM texts");
        while (texts.Read())
        {
            _keys[texts.Text(1)] = texts.Long(0);
            _next = Math.Max(_next, texts.Long(0) + 1);
        }
    }

    public long KeyOf(string text)
    {
        if (_keys.TryGetValue(text, out var key)) return key;
        _store(_next, text);
        _keys[text] = _next;
        _added.Add(text);
        return _next++;
    }

    /// <summary>The transaction was committed.</summary>
    public void Keep() => _added.Clear();

    /// <summary>The transaction was rolled back, so its texts are not in the table.</summary>
    public void Undo()
    {
        foreach (var text in _added) _keys.Remove(text);
        _next -= _added.Count;
        _added.Clear();
    }
}
