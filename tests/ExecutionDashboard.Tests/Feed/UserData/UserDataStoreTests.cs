using CsCheck;
using ExecutionDashboard.Feed.Live;
using ExecutionDashboard.Feed.UserData;
using ExecutionDashboard.Fleet.UserData;
using ExecutionDashboard.Storage.Log;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Feed.UserData;

/// <summary>Saved views and preferences in the change log's file.</summary>
public sealed class UserDataStoreTests : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly string[] Owners = ["user:1", "user:2", "browser:3"], Names = ["zone", "theme", "order:nodes"];

    private readonly string _folder = Directory.CreateTempSubdirectory("user-data-").FullName;
    private readonly FakeTimeProvider _time = new(Noon);
    private StatusBoard _board = new(new ChangeSignal());
    private ChangeLog _log;
    private UserDataStore _store;

    public UserDataStoreTests() => (_log, _store) = Start();

    public void Dispose()
    {
        Stop();
        Directory.Delete(_folder, recursive: true);
    }

    [Fact]
    public void Save_NewView_IsThereAfterARestartAndToldOfByTheVersion()
    {
        var (end, saved, _) = _store.Save(new SaveViewRequest(View("a", "  Failed in eu  ")));

        Assert.Equal((SaveEnd.Stored, "Failed in eu", 1L, Noon), (end, saved!.Name, saved.Version, saved.ChangedAt));
        Assert.Equal(1, _board.Status.UserDataVersion);
        Restart();
        Assert.Equal(1, _board.Status.UserDataVersion);
        Assert.Equal(saved, Assert.Single(_store.Changes(0).Views));
    }

    [Fact]
    public void TakeRenewal_OfTwoDashboards_IsGrantedToOneUntilItEndsOrItsTimeHasPassedAlsoOverARestart()
    {
        _store.Save([new Preference("sign-in:a", "session", "tokens 1")]);
        Assert.Equal(new RenewalTurn(true, "tokens 1"), _store.TakeRenewal("a", "one"));
        Assert.Equal(new RenewalTurn(false, "tokens 1"), _store.TakeRenewal("a", "two"));
        Assert.True(_store.TakeRenewal("b", "two").IsGranted);
        Restart();
        Assert.False(_store.TakeRenewal("a", "two").IsGranted);
        _store.EndRenewal("a", "two");
        Assert.False(_store.TakeRenewal("a", "two").IsGranted);

        _store.Save([new Preference("sign-in:a", "session", "tokens 2")]);
        _store.EndRenewal("a", "one");

        Assert.Equal(new RenewalTurn(true, "tokens 2"), _store.TakeRenewal("a", "two"));
        _time.Advance(UserDataLimits.RenewalTurn);
        Assert.True(_store.TakeRenewal("a", "three").IsGranted);
        // Dashboards are not told of it.
        Assert.Equal(["tokens 2"], _store.Changes(0).Preferences.Select(p => p.Value));
    }

    [Fact]
    public void Save_OverAChangeOfSomebodyElse_IsRefusedAndNamesWho()
    {
        _store.Save(new SaveViewRequest(View("a", "one")));
        _store.Save(new SaveViewRequest(View("a", "two") with { ChangedBy = "Bob" }, 1));

        var (end, _, why) = _store.Save(new SaveViewRequest(View("a", "three"), 1));

        Assert.Equal((SaveEnd.Changed, "The view was changed meanwhile by Bob."), (end, why));
        Assert.Equal((SaveEnd.Changed, "The view was changed meanwhile by Bob."), _store.Delete("a", 1));
        Assert.Equal("two", Assert.Single(_store.Changes(0).Views).Name);
    }

    [Fact]
    public void Delete_View_IsToldToWhoHasItAndItIsRestoredByItsId()
    {
        _store.Save(new SaveViewRequest(View("a", "one")));

        Assert.Equal(SaveEnd.Stored, _store.Delete("a", 1).End);

        Assert.Equal((2L, false, "a"), (_store.Changes(1).Version, _store.Changes(1).IsWhole, Assert.Single(_store.Changes(1).Deleted)));
        Assert.Empty(_store.Changes(0).Views);
        Assert.Equal((SaveEnd.Gone, "The view was deleted already."), _store.Delete("a", 2));
        Assert.Equal((SaveEnd.Gone, "The view was deleted meanwhile."), (_store.Save(new SaveViewRequest(View("a", "x"), 1)).End, _store.Save(new SaveViewRequest(View("a", "x"), 1)).Problem));
        Assert.Equal(SaveEnd.Stored, _store.Save(new SaveViewRequest(View("a", "one"))).End);
        Assert.Equal("one", Assert.Single(_store.Changes(2).Views).Name);
        Assert.Empty(_store.Changes(2).Deleted);
    }

    [Fact]
    public void Changes_AfterAVersionThatIsNotOfThisFile_IsEverything()
    {
        _store.Save(new SaveViewRequest(View("a", "one")));

        Assert.True(_store.Changes(7).IsWhole);
        Assert.Single(_store.Changes(7).Views);
    }

    [Fact]
    public void Save_PastTheLimitOfPrivateViews_IsRefusedForThatOwnerAlone()
    {
        for (var i = 0; i < UserDataLimits.PrivateViews; i++) _store.Save(new SaveViewRequest(View($"v{i}", "one")));

        var (end, _, why) = _store.Save(new SaveViewRequest(View("more", "one")));

        Assert.Equal((SaveEnd.Full, "You have 200 views already: delete some first."), (end, why));
        Assert.Equal(SaveEnd.Stored, _store.Save(new SaveViewRequest(View("other", "one") with { Owner = "user:2" })).End);
        Assert.Equal(SaveEnd.Stored, _store.Save(new SaveViewRequest(View("v1", "renamed"), 2)).End);
    }

    [Fact]
    public void Attach_AnotherControlPlane_LeavesWhatPeopleSaved()
    {
        _store.Save(new SaveViewRequest(View("a", "one")));

        _log.Attach("http://elsewhere");

        Restart("http://elsewhere");
        Assert.Single(_store.Changes(0).Views);
    }

    [Fact]
    public void Save_AnyPreferencesInAnyOrder_TheLastOnesComeBackAndFollowersSeeTheSame() => Gen.Select(
        Gen.Int[0, 2].Select(i => Owners[i]), Gen.Int[0, 2].Select(i => Names[i]), Gen.String[Gen.Char[' ', 'ÿ'], 0, 20].Select(s => s.Replace('\u007f', 'x'))).Array[1, 12].Sample(choices =>
    {
        var expected = new Dictionary<(string, string), string>();
        var seen = new Dictionary<(string, string), string>();
        foreach (var p in _store.Changes(0).Preferences) expected[(p.Owner, p.Name)] = seen[(p.Owner, p.Name)] = p.Value;
        var version = _store.Changes(0).Version;
        foreach (var (owner, name, value) in choices)
        {
            Assert.Equal(SaveEnd.Stored, _store.Save([new Preference(owner, name, value)]).End);
            expected[(owner, name)] = value;
            if (value.Length % 2 == 0) continue;
            var changes = _store.Changes(version);
            foreach (var p in changes.Preferences) seen[(p.Owner, p.Name)] = p.Value;
            version = changes.Version;
        }
        foreach (var p in _store.Changes(version).Preferences) seen[(p.Owner, p.Name)] = p.Value;
        Assert.Equal(expected, seen);
        Assert.Equal(expected, _store.Changes(0).Preferences.ToDictionary(p => (p.Owner, p.Name), p => p.Value));
    }, iter: TestStorage.Stories(20), threads: 1);

    [Fact]
    public void Save_MorePreferencesThanOnePersonHas_StoresNone()
    {
        for (var i = 0; i < UserDataLimits.PreferencesOfOwner; i++) _store.Save([new Preference("user:1", $"p{i}", "x")]);

        Assert.Equal(SaveEnd.Full, _store.Save([new Preference("user:1", "p0", "y"), new Preference("user:1", "more", "y")]).End);

        Assert.All(_store.Changes(0).Preferences, p => Assert.Equal("x", p.Value));
        Assert.Equal(UserDataLimits.PreferencesOfOwner, _board.Status.UserDataVersion);
    }

    [Theory]
    [InlineData("", "executions", "n", "", "user:1", "id must have")]
    [InlineData("a/b", "executions", "n", "", "user:1", "id must have")]
    [InlineData("a\n", "executions", "n", "", "user:1", "id must have")]
    [InlineData("a", "../admin", "n", "", "user:1", "page must be one of")]
    [InlineData("a", "executions", " ", "", "user:1", "needs a name")]
    [InlineData("a", "executions", "a\nb", "", "user:1", "control character")]
    [InlineData("a", "executions", "n", "a=<script>", "user:1", "characters that no query string has")]
    [InlineData("a", "executions", "n", "a=b#c", "user:1", "characters that no query string has")]
    [InlineData("a", "executions", "n", "", "", "owner must have")]
    public void Check_ViewThatIsNone_SaysWhyInOneLine(string id, string page, string name, string query, string owner, string problem)
    {
        var said = UserDataChecks.Of(new SaveViewRequest(new SavedView { Id = id, Page = page, Name = name, Query = query, Owner = owner }));

        Assert.Contains(problem, said, StringComparison.Ordinal);
        Assert.DoesNotContain('\n', said!);
    }

    [Fact]
    public void Check_TooMuch_NamesTheLimit()
    {
        Assert.Null(UserDataChecks.Of(new SaveViewRequest(View("a", "n"))));
        Assert.Contains("at most 80", UserDataChecks.Of(new SaveViewRequest(View("a", new string('n', 81)))), StringComparison.Ordinal);
        Assert.Contains("at most 4000", UserDataChecks.Of(new SaveViewRequest(View("a", "n") with { Query = new string('n', 4_001) })), StringComparison.Ordinal);
        Assert.Contains("at most 32000", UserDataChecks.Of(new SavePreferencesRequest([new Preference("user:1", "zone", new string('n', 32_001))])), StringComparison.Ordinal);
        Assert.Contains("lower-case", UserDataChecks.Of(new SavePreferencesRequest([new Preference("user:1", "Zone!", "x")])), StringComparison.Ordinal);
        Assert.NotNull(UserDataChecks.Of(new SavePreferencesRequest([null!])));
    }

    [Fact]
    public void Save_MoreSignInsThanAreKept_ForgetsThoseThatChangedTheLongestAgo()
    {
        _store.Save([new Preference("user:1", "zone", "utc")]);
        _store.Save([.. Enumerable.Range(0, UserDataLimits.SignIns).Select(i => new Preference($"{UserDataLimits.SignInPrefix}{i}", "session", "x"))]);
        Assert.Equal(UserDataLimits.SignIns + 1, _store.Changes(0).Preferences.Count);

        _store.Save([new Preference($"{UserDataLimits.SignInPrefix}0", "session", "y")]);
        _store.Save([new Preference($"{UserDataLimits.SignInPrefix}new", "session", "x")]);

        var kept = _store.Changes(0).Preferences.Select(p => p.Owner).ToHashSet();
        Assert.Superset(new HashSet<string> { "user:1", "sign-in:0", "sign-in:new" }, kept);
        Assert.DoesNotContain("sign-in:1", kept);
    }

    private static SavedView View(string id, string name) => new() { Id = id, Page = "executions", Name = name, Query = "state=failed&label=region%3Deu", Owner = "user:1" };

    private (ChangeLog, UserDataStore) Start(string controlPlane = "http://here")
    {
        var file = Path.Combine(_folder, "fleet.db");
        var log = ChangeLog.Open(TestStorage.Open(file));
        log.Attach(controlPlane);
        _board = new StatusBoard(new ChangeSignal());
        var store = new UserDataStore(_board, _time);
        store.Load(log.Database);
        return (log, store);
    }

    private void Stop()
    {
        _store.Dispose();
        _log.Dispose();
    }

    private void Restart(string controlPlane = "http://here")
    {
        Stop();
        (_log, _store) = Start(controlPlane);
    }
}
