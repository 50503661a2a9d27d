using System.Globalization;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Fleet.UserData;
using ExecutionDashboard.Storage;
using ExecutionDashboard.Storage.UserData;

namespace ExecutionDashboard.Feed.UserData;

/// <summary>How saving ended.</summary>
internal enum SaveEnd
{
    /// <summary>It is stored.</summary>
    Stored,
    /// <summary>There is no such view, or no longer.</summary>
    Gone,
    /// <summary>Somebody else changed it meanwhile.</summary>
    Changed,
    /// <summary>A limit is reached.</summary>
    Full,
}

/// <summary>Saved views and preferences in the database. What cannot be stored did not happen. Safe for any thread.</summary>
internal sealed class UserDataStore(StatusBoard board, TimeProvider time) : IDisposable
{
    /// <summary>Deleted views whose ids stay known. A dashboard that was gone for longer reads everything again.</summary>
    internal const int KeptDeletions = 1_000;

    /// <summary>Start of the keys of browsers, which anybody can have any number of: see the dashboard's keys of persons.</summary>
    internal const string BrowserPrefix = "browser:";

    private const int ForgottenAtOnce = 100;
    private const char HolderEnd = ' ';

    private readonly Lock _gate = new();
    private UserDataTables? _tables;
    private long _version;
    // Deletions before it were forgotten; 0 while none was.
    private long _floor;

    /// <summary>The file is open.</summary>
    public bool IsReady { get; private set; }

    /// <summary>Opens the tables; again when this feed leads again.</summary>
    public void Load(Database database)
    {
        lock (_gate)
        {
            _tables?.Dispose();
            _tables = UserDataTables.Open(database);
            (_version, _floor) = (_tables.LastVersion(), _tables.FirstKnownDeletion(KeptDeletions));
            IsReady = true;
        }
        Tell();
    }

    /// <summary>What changed after a version, or everything where that is not known any more.</summary>
    public UserDataChanges Changes(long after)
    {
        lock (_gate)
        {
            // A dashboard that is ahead read another file, such as one from before a restored backup.
            var isWhole = after <= 0 || after > _version || after < _floor;
            var (views, deleted, preferences) = Tables.Changes(isWhole ? 0 : after);
            return new UserDataChanges(_version, isWhole, views, deleted, preferences);
        }
    }

    /// <summary>Saves a view. A deleted one is restored by saving it as new.</summary>
    /// <exception cref="System.Data.Common.DbException">It was not stored.</exception>
    public (SaveEnd End, SavedView? View, string Problem) Save(SaveViewRequest request)
    {
        SavedView saved;
        lock (_gate)
        {
            var view = request.View!;
            var before = Tables.Find(view.Id) is { IsDeleted: false } found ? found.View : null;
            if (request.Expected > 0 && before is null) return (SaveEnd.Gone, null, "The view was deleted meanwhile.");
            if ((before?.Version ?? 0) != request.Expected) return (SaveEnd.Changed, before, $"The view was changed meanwhile{By(before!)}.");
            if (before is null && Tables.CountViews() >= UserDataLimits.Views) return Full($"There are {UserDataLimits.Views} views already: delete some first.");
            if (view.IsShared && before is not { IsShared: true } && Tables.CountShared() >= UserDataLimits.SharedViews) return Full($"There are {UserDataLimits.SharedViews} shared views already: delete some first.");
            if (!view.IsShared && !(before is { IsShared: false } && before.Owner == view.Owner) && Tables.CountPrivate(view.Owner) >= UserDataLimits.PrivateViews)
                return Full($"You have {UserDataLimits.PrivateViews} views already: delete some first.");
            saved = view with { Name = view.Name.Trim(), Version = _version + 1, ChangedAt = time.GetUtcNow() };
            using var transaction = Tables.Begin();
            Tables.Put(saved);
            transaction.Commit();
            _version = saved.Version;
        }
        Tell();
        return (SaveEnd.Stored, saved, "");

        static (SaveEnd, SavedView?, string) Full(string problem) => (SaveEnd.Full, null, problem);
    }

    /// <summary>Deletes a view that nobody changed since a version.</summary>
    /// <exception cref="System.Data.Common.DbException">It was not deleted.</exception>
    public (SaveEnd End, string Problem) Delete(string id, long expected)
    {
        lock (_gate)
        {
            if (Tables.Find(id) is not { IsDeleted: false } found) return (SaveEnd.Gone, "The view was deleted already.");
            if (found.View.Version != expected) return (SaveEnd.Changed, $"The view was changed meanwhile{By(found.View)}.");
            using var transaction = Tables.Begin();
            Tables.Delete(id, _version + 1);
            Tables.ForgetDeleted(KeptDeletions);
            transaction.Commit();
            _version++;
            _floor = Tables.FirstKnownDeletion(KeptDeletions);
        }
        Tell();
        return (SaveEnd.Stored, "");
    }

    /// <summary>Keeps preferences, all or none.</summary>
    /// <exception cref="System.Data.Common.DbException">None was stored.</exception>
    public (SaveEnd End, string Problem) Save(IReadOnlyList<Preference> preferences)
    {
        lock (_gate)
        {
            using var transaction = Tables.Begin();
            var version = _version;
            foreach (var preference in preferences) Tables.Put(preference with { Version = ++version });
            foreach (var owner in preferences.Select(p => p.Owner).Distinct())
                if (Tables.CountPreferences(owner) > UserDataLimits.PreferencesOfOwner) return (SaveEnd.Full, $"More than {UserDataLimits.PreferencesOfOwner} preferences of one person.");
            // Whoever has no name costs a row for each visit with an empty browser: those that changed nothing for longest are forgotten.
            if (Tables.CountPreferences() > UserDataLimits.Preferences && Tables.ForgetOldest(BrowserPrefix, ForgottenAtOnce) == 0) return (SaveEnd.Full, $"More than {UserDataLimits.Preferences} preferences of all.");
            if (preferences.Any(p => p.Owner.StartsWith(UserDataLimits.SignInPrefix, StringComparison.Ordinal)) && Tables.CountOwners(UserDataLimits.SignInPrefix) > UserDataLimits.SignIns)
                Tables.ForgetOldest(UserDataLimits.SignInPrefix, ForgottenAtOnce);
            transaction.Commit();
            _version = version;
        }
        Tell();
        return (SaveEnd.Stored, "");
    }

    /// <summary>Gives the right to renew a sign-in, unless somebody else has it. It is in the database, so a feed that takes over knows of it.</summary>
    /// <param name="session">Id of the sign-in.</param>
    /// <param name="holder">Who asks.</param>
    /// <exception cref="System.Data.Common.DbException">It cannot be stored: nobody got it.</exception>
    public RenewalTurn TakeRenewal(string session, string holder)
    {
        lock (_gate)
        {
            var (owner, now) = (UserDataLimits.SignInPrefix + session, time.GetUtcNow());
            var stored = Tables.Value(owner, UserDataLimits.SignInName);
            var isTaken = Tables.Value(owner, UserDataLimits.RenewalName).Split(HolderEnd) is [var other, var until] && other != holder
                && long.TryParse(until, NumberStyles.None, CultureInfo.InvariantCulture, out var end) && now.ToUnixTimeMilliseconds() < end;
            if (isTaken) return new(false, stored);
            PutRenewal(owner, string.Create(CultureInfo.InvariantCulture, $"{holder}{HolderEnd}{(now + UserDataLimits.RenewalTurn).ToUnixTimeMilliseconds()}"));
            return new(true, stored);
        }
    }

    /// <summary>Takes the right back from who has it.</summary>
    /// <exception cref="System.Data.Common.DbException">It cannot be stored: it ends with its time.</exception>
    public void EndRenewal(string session, string holder)
    {
        lock (_gate)
        {
            var owner = UserDataLimits.SignInPrefix + session;
            if (Tables.Value(owner, UserDataLimits.RenewalName).StartsWith(holder + HolderEnd, StringComparison.Ordinal)) PutRenewal(owner, "");
        }
    }

    public void Dispose()
    {
        lock (_gate)
        {
            IsReady = false;
            _tables?.Dispose();
        }
    }

    // Without a version: dashboards need not be told of it.
    private void PutRenewal(string owner, string value)
    {
        using var transaction = Tables.Begin();
        Tables.Put(new Preference(owner, UserDataLimits.RenewalName, value));
        transaction.Commit();
    }

    private UserDataTables Tables => _tables ?? throw new InvalidOperationException("The change log is not open yet.");

    private void Tell()
    {
        long version;
        lock (_gate) version = _version;
        board.Update(s => s.UserDataVersion >= version ? s : s with { UserDataVersion = version });
    }

    private static string By(SavedView view) => view.ChangedBy.Length > 0 ? $" by {view.ChangedBy}" : "";
}
