using System.Security.Claims;
using ExecutionDashboard.Hosting.SignIn;
using ExecutionDashboard.Operations.Access;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Time.Testing;

namespace ExecutionDashboard.Tests.Hosting.SignIn;

public sealed class SessionsTests
{
    private readonly FakeTimeProvider _time = new();
    private readonly TestProvider _provider = new();
    private readonly Sessions _sessions;
    private readonly List<string> _changed = [];

    public SessionsTests()
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection([new("Auth:Roles:Operator", "operators"), new("Auth:Roles:Viewer", "viewers")]).Build();
        _sessions = new Sessions(new AuthOptions(), RoleBindings.Read(settings, "groups"), _time, _provider);
        _sessions.Changed += _changed.Add;
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

    private Session Open(TimeSpan lasts, TimeSpan? tokens = null) => _sessions.Of("one", () => new Session("one", Person("operators"), _time.GetUtcNow() + lasts)
    {
        RefreshToken = tokens is null ? "" : "refresh", TokensEndAt = _time.GetUtcNow() + (tokens ?? lasts),
    });

    private static ClaimsPrincipal Person(string group) => new(new ClaimsIdentity([new Claim("groups", group), new Claim("name", "Ann")], "Oidc"));

    private sealed class TestProvider : ITokenRenewal
    {
        private int _asked;

        public int Asked => _asked;

        public Func<Session, TokenRenewal> Answers { get; set; } = _ => throw new InvalidOperationException("Nobody should have asked.");

        public async Task<TokenRenewal> RenewAsync(Session session, CancellationToken cancel)
        {
            Interlocked.Increment(ref _asked);
            await Task.Yield();
            return Answers(session);
        }
    }
}
