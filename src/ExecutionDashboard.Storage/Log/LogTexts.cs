using ExecutionDashboard.Storage.Sqlite;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Storage.Log;

/// <summary>The table of texts, in memory in both directions. New ones are added within the writer's transaction.</summary>
internal sealed class LogTexts : IDisposable
{
    private readonly Dictionary<string, long> _keys = new(StringComparer.Ordinal) { [""] = 0 };
    private readonly List<string> _added = [];
    private readonly Statement _insert;
    private long _next = 1;

    public LogTexts(SqliteConnection connection)
    {
        using (var command = connection.CreateCommand())
        {
            command.CommandText = "SELECT key, text FROM texts";
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                _keys[reader.GetString(1)] = reader.GetInt64(0);
                _next = Math.Max(_next, reader.GetInt64(0) + 1);
            }
        }
        _insert = new Statement(connection, "INSERT INTO texts(key, text) VALUES(?, ?)");
    }

    public long KeyOf(string text)
    {
        if (_keys.TryGetValue(text, out var key)) return key;
        _insert.Bind(1, _next).Bind(2, text).Run();
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

    public void Dispose() => _insert.Dispose();
}
