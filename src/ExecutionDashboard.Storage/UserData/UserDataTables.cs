using ExecutionDashboard.Fleet.UserData;

namespace ExecutionDashboard.Storage.UserData;

/// <summary>Views and preferences in the database, on a session of its own. One caller at a time.</summary>
internal sealed class UserDataTables : IDisposable
{
    private const string ViewColumns = "id, page, name, query, owner, shared, author, changed_by, changed, version";

    private readonly Session _session;

    private UserDataTables(Session session) => _session = session;

    /// <summary>Opens them.</summary>
    public static UserDataTables Open(Database database) => new(database.OpenSession());

    /// <summary>Number of the last change; 0 before the first.</summary>
    public long LastVersion() => Count("SELECT coalesce(max(version), 0) FROM (SELECT version FROM views UNION ALL SELECT version FROM preferences) AS versions");

    /// <summary>Version of the oldest deletion that is known, where there are so many that older ones may have been forgotten; 0 otherwise.</summary>
    public long FirstKnownDeletion(int kept) => Count("SELECT count(*) FROM views WHERE deleted = 1") < kept ? 0 : Count("SELECT min(version) FROM views WHERE deleted = 1");

    /// <summary>Begins to write: all of it, or none.</summary>
    public Transaction Begin() => _session.Begin();

    /// <summary>The view, with whether it was deleted; null when there never was one.</summary>
    public (SavedView View, bool IsDeleted)? Find(string id)
    {
        using var row = _session.Prepare($"SELECT {ViewColumns}, deleted FROM views WHERE id = ?");
        return row.Bind(1, id).Read() ? (View(row), row.Long(10) != 0) : null;
    }

    /// <summary>Number of views that are not deleted.</summary>
    public long CountViews() => Count("SELECT count(*) FROM views WHERE deleted = 0");

    /// <summary>Number of shared views.</summary>
    public long CountShared() => Count("SELECT count(*) FROM views WHERE deleted = 0 AND shared = 1");

    /// <summary>Number of private views of an owner.</summary>
    public long CountPrivate(string owner) => Count("SELECT count(*) FROM views WHERE deleted = 0 AND shared = 0 AND owner = ?", owner);

    /// <summary>Number of preferences of all.</summary>
    public long CountPreferences() => Count("SELECT count(*) FROM preferences");

    /// <summary>Number of preferences of an owner.</summary>
    public long CountPreferences(string owner) => Count("SELECT count(*) FROM preferences WHERE owner = ?", owner);

    /// <summary>Number of owners of preferences, by the start of their keys.</summary>
    public long CountOwners(string prefix)
    {
        using var row = _session.Prepare("SELECT count(DISTINCT owner) FROM preferences WHERE substr(owner, 1, CAST(? AS INTEGER)) = ?");
        return row.Bind(1, prefix.Length).Bind(2, prefix).Read() ? row.Long(0) : 0;
    }

    /// <summary>Writes a view.</summary>
    public void Put(SavedView view)
    {
        using var put = _session.Prepare(
            $"INSERT INTO views({ViewColumns}) VALUES(?, ?, ?, ?, ?, ?, ?, ?, ?, ?) ON CONFLICT(id) DO UPDATE SET page = excluded.page, name = excluded.name, query = excluded.query, owner = excluded.owner, shared = excluded.shared, author = excluded.author, changed_by = excluded.changed_by, changed = excluded.changed, version = excluded.version, deleted = 0");
        put.Bind(1, view.Id).Bind(2, view.Page).Bind(3, view.Name).Bind(4, view.Query).Bind(5, view.Owner).Bind(6, view.IsShared ? 1 : 0).Bind(7, view.Author)
            .Bind(8, view.ChangedBy).Bind(9, view.ChangedAt.UtcTicks).Bind(10, view.Version).Run();
    }

    /// <summary>Deletes a view: its number stays, its contents do not.</summary>
    public void Delete(string id, long version)
    {
        using var delete = _session.Prepare("UPDATE views SET deleted = 1, version = ?, name = '', query = '', author = '', changed_by = '' WHERE id = ?");
        delete.Bind(1, version).Bind(2, id).Run();
    }

    /// <summary>Writes a preference. An empty value stays as a row, so that dashboards learn of it.</summary>
    public void Put(Preference preference)
    {
        using var put = _session.Prepare("INSERT INTO preferences(owner, name, value, version) VALUES(?, ?, ?, ?) ON CONFLICT(owner, name) DO UPDATE SET value = excluded.value, version = excluded.version");
        put.Bind(1, preference.Owner).Bind(2, preference.Name).Bind(3, preference.Value).Bind(4, preference.Version).Run();
    }

    /// <summary>Value of a preference; empty when there is none.</summary>
    public string Value(string owner, string name)
    {
        using var row = _session.Prepare("SELECT value FROM preferences WHERE owner = ? AND name = ?");
        return row.Bind(1, owner).Bind(2, name).Read() ? row.Text(0) : "";
    }

    /// <summary>Forgets the oldest deleted views but for some.</summary>
    public void ForgetDeleted(int kept)
    {
        using var forget = _session.Prepare("DELETE FROM views WHERE deleted = 1 AND id NOT IN (SELECT id FROM views WHERE deleted = 1 ORDER BY version DESC LIMIT ?)");
        forget.Bind(1, kept).Run();
    }

    /// <summary>Forgets the preferences of the owners, by the start of their keys, who changed theirs the longest ago. Gives how many owners.</summary>
    public int ForgetOldest(string prefix, int owners)
    {
        var oldest = new List<string>();
        using (var find = _session.Prepare("SELECT owner FROM preferences WHERE substr(owner, 1, CAST(? AS INTEGER)) = ? GROUP BY owner ORDER BY max(version) LIMIT ?"))
            for (find.Bind(1, prefix.Length).Bind(2, prefix).Bind(3, owners); find.Read();) oldest.Add(find.Text(0));
        using var forget = _session.Prepare("DELETE FROM preferences WHERE owner = ?");
        foreach (var owner in oldest) forget.Bind(1, owner).Run();
        return oldest.Count;
    }

    /// <summary>What changed after a version.</summary>
    /// <param name="after">The version; 0 for everything.</param>
    public (IReadOnlyList<SavedView> Views, IReadOnlyList<string> Deleted, IReadOnlyList<Preference> Preferences) Changes(long after)
    {
        List<SavedView> views = [];
        List<string> deleted = [];
        List<Preference> preferences = [];
        using (var rows = _session.Prepare($"SELECT {ViewColumns}, deleted FROM views WHERE version > ? ORDER BY version"))
            for (rows.Bind(1, after); rows.Read();)
                if (rows.Long(10) != 0) deleted.Add(rows.Text(0));
                else views.Add(View(rows));
        using (var rows = _session.Prepare("SELECT owner, name, value, version FROM preferences WHERE version > ? ORDER BY version"))
            for (rows.Bind(1, after); rows.Read();) preferences.Add(new Preference(rows.Text(0), rows.Text(1), rows.Text(2), rows.Long(3)));
        return (views, after == 0 ? [] : deleted, preferences);
    }

    public void Dispose() => _session.Dispose();

    private long Count(string sql, string? parameter = null)
    {
        using var row = _session.Prepare(sql);
        if (parameter is not null) row.Bind(1, parameter);
        return row.Read() ? row.Long(0) : 0;
    }

    private static SavedView View(Statement row) => new()
    {
        Id = row.Text(0), Page = row.Text(1), Name = row.Text(2), Query = row.Text(3), Owner = row.Text(4), IsShared = row.Long(5) != 0, Author = row.Text(6), ChangedBy = row.Text(7),
        ChangedAt = new DateTimeOffset(row.Long(8), TimeSpan.Zero), Version = row.Long(9),
    };
}
