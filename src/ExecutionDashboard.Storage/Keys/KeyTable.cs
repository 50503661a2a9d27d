namespace ExecutionDashboard.Storage.Keys;

/// <summary>The keys that protect cookies, where they are not files.</summary>
internal static class KeyTable
{
    /// <summary>All of them, as XML.</summary>
    public static IReadOnlyList<string> All(Database database)
    {
        using var session = database.OpenReader();
        using var rows = session.Prepare("SELECT xml FROM protection_keys ORDER BY name");
        var keys = new List<string>();
        while (rows.Read()) keys.Add(rows.Text(0));
        return keys;
    }

    /// <summary>Adds one.</summary>
    public static void Add(Database database, string name, string xml)
    {
        using var session = database.OpenSession(isDurable: true);
        using var add = session.Prepare("INSERT INTO protection_keys(name, xml) VALUES(?, ?) ON CONFLICT(name) DO UPDATE SET xml = excluded.xml");
        add.Bind(1, name).Bind(2, xml).Run();
    }
}
