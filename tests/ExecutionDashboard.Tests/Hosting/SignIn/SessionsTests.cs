using System.Security.Claims;
using ExecutionDashboard.Hosting.SignIn;
using ExecutionDashboard.Operations.Access;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Hosting.SignIn;

public sealed class SessionsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TestProvider _provider = new();
    private readonly Sessions _sessions;
    private readonly List<string> _changed = [];
    private readonly List<Session> _moved = [];

    public SessionsTests()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Auth:Roles:Operator", "operators"), new("Auth:Roles:Viewer", "viewers")]).Build();
        _sessions = new Sessions(new AuthOptions(), RoleBindings.Read(settings, "groups"), _time, _provider);
        _sessions.Changed += _changed.Add;
        _sessions.Moved += _moved.Add;
    }

    [Fact]
    public async Task Check_AtItsEnd_HasNoRoleAndSaysSo()
    {
        var session = Open(TimeSpan.FromHours(1));
        _time.Advance(TimeSpan.FromHours(1) - TimeSpan.FromMilliseconds(1));
        Assert.Equal(AccessRole.Operator, (await _sessions.CheckAsync(session, default)).Role);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        var user = await _sessions.CheckAsync(session, default);
        Assert.Equal(AccessRole.None, user.Role);
        Assert.Contains("ended", user.Ended, StringComparison.Ordinal);
        Assert.Equal(0, _provider.Asked);
    }

    [Fact]
    public async Task Check_AfterTheTokensEnded_AsksTheProviderOnceForAllTabs()
    {
        var session = Open(TimeSpan.FromHours(12), tokens: TimeSpan.FromMinutes(5));
        _time.Advance(TimeSpan.FromMinutes(5));
        _provider.Answers = _ => new(false, Person("viewers"), _time.GetUtcNow() + TimeSpan.FromMinutes(5));

        var users = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => _sessions.CheckAsync(session, default).AsTask()));

        Assert.All(users, user => Assert.Equal(AccessRole.Viewer, user.Role));
        Assert.Equal(1, _provider.Asked);
        Assert.Equal([session.Id], _changed);
    }

    [Fact]
    public async Task Check_AskerLeavesMeanwhile_TakesTheNewTokensAllTheSame()
    {
        var session = Open(TimeSpan.FromHours(12), tokens: TimeSpan.FromMinutes(5));
        _time.Advance(TimeSpan.FromMinutes(5));
        using var asker = new CancellationTokenSource();
        _provider.Answers = _ =>
        {
            asker.Cancel();
            return new(false, Person("viewers"), _time.GetUtcNow() + TimeSpan.FromMinutes(5));
        };

        await _sessions.CheckAsync(session, asker.Token);

        Assert.False(_provider.Cancel.IsCancellationRequested);
        Assert.Equal(_time.GetUtcNow() + TimeSpan.FromMinutes(5), session.TokensEndAt);
    }

    [Fact]
    public async Task Check_ProviderDoesNotAnswer_HasALimit()
    {
        var session = Open(TimeSpan.FromHours(12), tokens: TimeSpan.FromMinutes(5));
        _time.Advance(TimeSpan.FromMinutes(5));
        _provider.Answers = _ =>
        {
            _time.Advance(Sessions.RenewalLimit);
            throw new OperationCanceledException();
        };

        var user = await _sessions.CheckAsync(session, default);

        Assert.Equal((AccessRole.Operator, ""), (user.Role, session.Ended));
    }

    [Fact]
    public async Task Take_NewTokensWithoutWordOfThePerson_AreUsedForTheNextRenewal()
    {
        var session = Open(TimeSpan.FromHours(12), tokens: TimeSpan.FromMinutes(5));

        _sessions.Take(new Session("one", Person("viewers"), session.EndsAt) { RefreshToken = "newer", TokensNumber = 1, TokensEndAt = session.TokensEndAt });

        Assert.Equal(("newer", 1), (session.RefreshToken, session.TokensNumber));
        Assert.Equal(AccessRole.Operator, (await _sessions.CheckAsync(session, default)).Role);
    }

    [Fact]
    public async Task Check_ProviderRefuses_EndsForAllTabs()
    {
        var session = Open(TimeSpan.FromHours(12), tokens: TimeSpan.FromMinutes(5));
        _time.Advance(TimeSpan.FromMinutes(6));
        _provider.Answers = _ => TokenRenewal.No;

        Assert.Equal(AccessRole.None, (await _sessions.CheckAsync(session, default)).Role);
        Assert.Equal([session.Id], _changed);
        // Not asked again, and not open again for a ticket of before.
        Assert.Contains("withdrew", _sessions.UserOf(_sessions.Of(session.Id, () => throw new InvalidOperationException())).Ended, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Check_ProviderIsAway_GoesOnForTheGraceAlone()
    {
        var session = Open(TimeSpan.FromHours(12), tokens: TimeSpan.FromMinutes(5));
        _provider.Answers = _ => TokenRenewal.NoAnswer;
        _time.Advance(TimeSpan.FromMinutes(5) + Sessions.Grace - TimeSpan.FromMilliseconds(1));
        Assert.Equal(AccessRole.Operator, (await _sessions.CheckAsync(session, default)).Role);

        _time.Advance(TimeSpan.FromMilliseconds(1));

        Assert.Equal(AccessRole.None, (await _sessions.CheckAsync(session, default)).Role);
    }

    [Fact]
    public void End_SignedOutElsewhere_TellsOnceAndStaysEnded()
    {
        var session = Open(TimeSpan.FromHours(1));

        _sessions.End(session.Id, "You signed out.");
        _sessions.End(session.Id, "Again.");

        Assert.Equal([session.Id], _changed);
        Assert.Equal("You signed out.", _sessions.UserOf(session).Ended);
    }

    [Fact]
    public void Vouch_AfterASilence_BringsThePersonBack()
    {
        var session = Open(TimeSpan.FromMinutes(3));
        _time.Advance(TimeSpan.FromMinutes(4));
        Assert.Equal(AccessRole.None, _sessions.UserOf(session).Role);

        _sessions.Vouch(session, Person("operators"), _time.GetUtcNow() + TimeSpan.FromMinutes(3));

        Assert.Equal(AccessRole.Operator, _sessions.UserOf(session).Role);
        Assert.Equal([session.Id], _changed);
    }

    [Fact]
    public void Take_EndedElsewhere_EndsHereAndIsNotToldAgain()
    {
        var session = Open(TimeSpan.FromHours(1));
        var told = Copy(session, s => s.Ended = "You signed out.");

        _sessions.Take(told);

        Assert.Equal(("You signed out.", AccessRole.None), (_sessions.UserOf(session).Ended, _sessions.UserOf(session).Role));
        Assert.Equal([session.Id], _changed);
        Assert.Empty(_moved);
    }

    [Fact]
    public async Task Take_TokensThatAnotherDashboardGot_AreUsedInPlaceOfTheOldOnes()
    {
        var session = Open(TimeSpan.FromHours(12), tokens: TimeSpan.FromMinutes(5));
        var told = new Session(session.Id, Person("viewers"), session.EndsAt) { RefreshToken = "second", TokensEndAt = _time.GetUtcNow() + TimeSpan.FromMinutes(10) };

        _sessions.Take(told);
        // What comes late is not newer.
        _sessions.Take(new Session(session.Id, Person("operators"), session.EndsAt) { RefreshToken = "first", TokensEndAt = _time.GetUtcNow() + TimeSpan.FromMinutes(1) });
        _time.Advance(TimeSpan.FromMinutes(6));

        Assert.Equal(AccessRole.Viewer, (await _sessions.CheckAsync(session, default)).Role);
        Assert.Equal(("second", 0), (session.RefreshToken, _provider.Asked));
        Assert.Empty(_moved);
    }

    // Who drives a bulk run asks for the role of somebody who never was at this dashboard.
    [Fact]
    public void Take_PersonOfAnotherDashboard_IsKnownHere()
    {
        _sessions.Take(new Session("two", Person("operators"), _time.GetUtcNow() + TimeSpan.FromHours(1)));
        _sessions.Take(new Session("three", new(new ClaimsIdentity([new Claim("name", "Bob")], "Oidc")), _time.GetUtcNow()));

        Assert.Equal((AccessRole.Operator, (AccessRole?)null), (_sessions.RoleOf("Ann"), _sessions.RoleOf("Bob")));
    }

    [Fact]
    public async Task Moved_BeginRenewalAndEnd_AreToldOnceEach()
    {
        var session = new Session("one", Person("operators"), _time.GetUtcNow() + TimeSpan.FromHours(12)) { RefreshToken = "refresh", TokensEndAt = _time.GetUtcNow() };
        _provider.Answers = _ => new(false, Person("viewers"), _time.GetUtcNow() + TimeSpan.FromMinutes(5));

        _sessions.Begin(session);
        await _sessions.CheckAsync(session, default);
        await _sessions.CheckAsync(session, default);
        _sessions.End(session.Id, "You signed out.");
        _sessions.End(session.Id, "Again.");

        Assert.Equal([session, session, session], _moved);
    }

    [Fact]
    public void Ticket_OfASession_HasAllThatAnotherDashboardNeeds()
    {
        var session = Open(TimeSpan.FromHours(12), tokens: TimeSpan.FromMinutes(5));

        var copy = Copy(session, s => (s.Ended, s.IsWithdrawn) = ("The identity provider withdrew your sign-in.", true));

        Assert.Equal((session.Id, session.EndsAt, session.TokensEndAt, "refresh", true), (copy.Id, copy.EndsAt, copy.TokensEndAt, copy.RefreshToken, copy.IsWithdrawn));
        Assert.Equal(("Ann", "The identity provider withdrew your sign-in."), (_sessions.NameOf(copy.Person), copy.Ended));
    }

    // As it comes from another process: written, encrypted and read.
    private static Session Copy(Session session, Action<Session> then)
    {
        var format = new TicketDataFormat(new EphemeralDataProtectionProvider().CreateProtector("test"));
        var changed = new Session(session.Id, new(new ClaimsIdentity(session.Person.Claims.Append(new Claim(Session.IdClaim, session.Id)), "Oidc")), session.EndsAt) { RefreshToken = session.RefreshToken, TokensEndAt = session.TokensEndAt };
        then(changed);
        return Tickets.SessionOf(format.Unprotect(format.Protect(Tickets.Of(changed)))!)!;
    }

    private Session Open(TimeSpan lasts, TimeSpan? tokens = null) => _sessions.Of("one", () => new Session("one", Person("operators"), _time.GetUtcNow() + lasts)
    {
        RefreshToken = tokens is null ? "" : "refresh", TokensEndAt = _time.GetUtcNow() + (tokens ?? lasts),
    });

    private static ClaimsPrincipal Person(string group) => new(new ClaimsIdentity([new Claim("groups", group), new Claim("name", "Ann")], "Oidc"));

    private sealed class TestProvider : ITokenRenewal
    {
        private int _asked;

        public int Asked => _asked;

        public CancellationToken Cancel { get; private set; }

        public Func<Session, TokenRenewal> Answers { get; set; } = _ => throw new InvalidOperationException("Nobody should have asked.");

        public async Task<TokenRenewal> RenewAsync(Session session, CancellationToken cancel)
        {
            Interlocked.Increment(ref _asked);
            Cancel = cancel;
            await Task.Yield();
            return Answers(session);
        }
    }
}
