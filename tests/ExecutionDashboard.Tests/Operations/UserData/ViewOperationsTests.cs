using System.Threading.Channels;
using ExecutionDashboard.Fleet.Audit;
using ExecutionDashboard.Live;
using ExecutionDashboard.Live.UserData;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Audit;
using ExecutionDashboard.Operations.UserData;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Operations.UserData;

/// <summary>Who sees and changes which view, and in which order.</summary>
public sealed class ViewOperationsTests : IDisposable
{
    private static readonly DashboardUser Vera = Named("Vera", AccessRole.Viewer), Olga = Named("Olga", AccessRole.Operator), Otto = Named("Otto", AccessRole.Operator), Ada = Named("Ada", AccessRole.Admin);

    private readonly FakeTimeProvider _time = new();
    private readonly LiveSignals _signals;
    private readonly UserDataCopy _copy;
    private readonly UserDataExchange _exchange;
    private readonly KeptUserData _feed = new();
    private readonly NotedAudit _audit = new();
    private readonly AuditTrail _trail;

    public ViewOperationsTests()
    {
        _signals = new LiveSignals(_time);
        _trail = new AuditTrail(_audit, _time, NullLogger<AuditTrail>.Instance);
        _copy = new UserDataCopy(_signals);
        _exchange = new UserDataExchange(new Replica(_signals, _time), _copy, _signals, _feed, _time, NullLogger<UserDataExchange>.Instance);
    }

    public void Dispose()
    {
        _exchange.Dispose();
        _trail.Dispose();
        _signals.Stop();
    }

    [Fact]
    public async Task Create_Private_IsSeenByItsOwnerAlone()
    {
        var (saved, problem) = await Of(Vera).CreateAsync("executions", "Failed", "state=failed", isShared: false);

        Assert.Equal(("", "Vera", "Vera"), (problem, saved!.Author, saved.ChangedBy));
        Assert.Equal(["Failed"], Of(Vera).Of("executions").Select(v => v.Name));
        Assert.Empty(Of(Vera).Of("nodes"));
        Assert.Empty(Of(Ada).Of("executions"));
        Assert.Null(Of(Ada).Find(saved.Id));
        Assert.Equal("This view is another person's.", await Of(Ada).DeleteAsync(saved));
    }

    [Fact]
    public async Task Share_AsViewer_IsRefusedAndNothingIsSent()
    {
        var (saved, problem) = await Of(Vera).CreateAsync("executions", "Failed", "", isShared: true);

        Assert.Equal((null, "This needs the role operator; you are viewer."), (saved, problem));
        var (own, _) = await Of(Vera).CreateAsync("executions", "Failed", "", isShared: false);
        Assert.NotEqual("", (await Of(Vera).ChangeAsync(own!, own! with { IsShared = true })).Problem);
        Assert.Empty(Of(Olga).Of("executions"));
    }

    [Fact]
    public async Task Change_SharedView_IsForItsAuthorAndAdmins()
    {
        var (view, _) = await Of(Olga).CreateAsync("executions", "Failed", "", isShared: true);

        Assert.Equal(["Failed"], Of(Vera).Of("executions").Select(v => v.Name));
        Assert.Equal("A shared view is changed by its author, Olga, or an admin.", (await Of(Otto).ChangeAsync(view!, view! with { Name = "Mine" })).Problem);
        Assert.Equal("This needs the role operator; you are viewer.", await Of(Vera).DeleteAsync(view!));
        Assert.Equal("", Of(Olga).WhyNotChange(view!));
        var (renamed, problem) = await Of(Ada).ChangeAsync(view!, view! with { Name = "Failed now" });
        Assert.Equal(("", "Olga", "Ada"), (problem, renamed!.Author, renamed.ChangedBy));
        // Olga had not seen it.
        Assert.Equal("The view was changed meanwhile.", (await Of(Olga).ChangeAsync(view!, view! with { Name = "x" })).Problem);
    }

    [Fact]
    public async Task Change_AfterTheSignInEnded_IsRefused()
    {
        var user = new TestUser();
        user.Show(Vera);
        var views = Of(user);
        var (view, _) = await views.CreateAsync("executions", "Failed", "", isShared: false);
        user.Real = Vera with { Role = AccessRole.None, Ended = "You signed out." };

        Assert.Equal("You signed out.", await views.DeleteAsync(view!));
        Assert.True(_feed.Has(view!.Id));
    }

    [Fact]
    public async Task Restore_Deleted_IsTheSameView()
    {
        var (view, _) = await Of(Vera).CreateAsync("executions", "Failed", "state=failed", isShared: false);
        Assert.Equal("", await Of(Vera).DeleteAsync(view!));
        Assert.Empty(Of(Vera).Of("executions"));

        Assert.Equal("", (await Of(Vera).RestoreAsync(view!)).Problem);

        Assert.Equal((view!.Id, "state=failed"), Of(Vera).Of("executions").Select(v => (v.Id, v.Query)).Single());
    }

    [Fact]
    public async Task Move_View_IsTheOrderOfThatPersonAlone()
    {
        foreach (var name in (string[])["a", "b", "c"]) await Of(Olga).CreateAsync("executions", name, "", isShared: true);
        var c = Of(Vera).Of("executions")[2];

        Assert.Equal("", await Of(Vera).MoveAsync("executions", c.Id, 0));

        Assert.Equal("c a b", string.Join(' ', Of(Vera).Of("executions").Select(v => v.Name)));
        Assert.Equal("a b c", string.Join(' ', Of(Olga).Of("executions").Select(v => v.Name)));
        await Of(Olga).CreateAsync("executions", "aa", "", isShared: true);
        Assert.Equal("c a b aa", string.Join(' ', Of(Vera).Of("executions").Select(v => v.Name)));
    }

    [Fact]
    public async Task Default_View_IsOfThePersonAndPageUntilItIsGone()
    {
        var (view, _) = await Of(Olga).CreateAsync("executions", "Failed", "", isShared: true);

        await Of(Vera).MakeDefaultAsync("executions", view!.Id);

        Assert.Equal(view.Id, Of(Vera).DefaultOf("executions")?.Id);
        Assert.Null(Of(Olga).DefaultOf("executions"));
        Assert.Null(Of(Vera).DefaultOf("nodes"));
        await Of(Olga).DeleteAsync(view);
        Assert.Null(Of(Vera).DefaultOf("executions"));
    }

    [Fact]
    public async Task Audit_OfViews_HasWhatEverybodySees()
    {
        await Of(Olga).CreateAsync("executions", "Mine", "", isShared: false);
        var (view, _) = await Of(Olga).CreateAsync("executions", "Failed", "state=failed", isShared: true);
        var (renamed, _) = await Of(Ada).ChangeAsync(view!, view! with { Name = "Failed now" });
        await Of(Otto).DeleteAsync(renamed!);
        await Of(Olga).DeleteAsync(renamed!);

        await _trail.StartAsync(default);
        for (var i = 0; i < 4; i++) await _audit.Stored.Reader.ReadAsync();
        await _trail.StopAsync(default);

        Assert.Equal(["Olga save shared view Failed: executions?state=failed", "Ada save shared view Failed now: executions?state=failed",
            "Otto delete shared view Failed now: Refused A shared view is changed by its author, Olga, or an admin.", "Olga delete shared view Failed now: "],
            _audit.Entries.Select(e => $"{e.Who} {e.Action} {e.Target.Name}: {(e.Outcome == AuditOutcome.Refused ? "Refused " : "")}{e.Answer}"));
    }

    [Fact]
    public async Task Choose_WhileTheFeedIsGone_CountsInTheTabAndSaysSo()
    {
        var preferences = PreferencesOf(As(Vera));
        _feed.Problem = "The feed cannot be asked: refused";

        var problem = await preferences.ChooseAsync("zone", "utc");

        Assert.Equal("Not saved, for this tab only: The feed cannot be asked: refused", problem);
        Assert.Equal(("utc", problem), (preferences.Now.Zone, preferences.Problem));
        Assert.Equal("local", PreferencesOf(As(Vera)).Now.Zone);
        _feed.Problem = null;
        Assert.Equal("", await preferences.ChooseAsync("zone", "Asia/Tokyo"));
        Assert.Equal(("Asia/Tokyo", ""), (PreferencesOf(As(Vera)).Now.Zone, preferences.Problem));
    }

    private sealed class NotedAudit : IAuditLog
    {
        public List<AuditEntry> Entries { get; } = [];

        public Channel<AuditEntry> Stored { get; } = Channel.CreateUnbounded<AuditEntry>();

        public Task<(IReadOnlyList<long>? Numbers, string? Problem)> StoreAsync(IReadOnlyList<AuditEntry> entries, CancellationToken cancel)
        {
            Entries.AddRange(entries);
            foreach (var entry in entries) Stored.Writer.TryWrite(entry);
            return Task.FromResult<(IReadOnlyList<long>?, string?)>(([.. entries.Select((_, i) => (long)i)], null));
        }

        public Task<(AuditRows? Rows, string? Problem)> CommandsAsync(long after, CancellationToken cancel) => throw new NotSupportedException();

        public Task<(AuditPage? Page, string? Problem)> ActsAsync(AuditQuery query, int most, CancellationToken cancel) => throw new NotSupportedException();
    }

    private static DashboardUser Named(string name, AccessRole role) => new(name, role) { Key = name.ToLowerInvariant() };

    private static TestUser As(DashboardUser user)
    {
        var test = new TestUser();
        test.Show(user);
        return test;
    }

    private ViewOperations Of(DashboardUser user) => Of(As(user));

    private ViewOperations Of(TestUser user) => new(new Person(user), _copy, _exchange, _feed, PreferencesOf(user), user, new AuditDoor(user, new NoOrigin(), _trail, _time));

    private PreferenceOperations PreferencesOf(TestUser user) => new(new Person(user), _copy, _exchange, _feed);
}
