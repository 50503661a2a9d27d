using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using ExecutionDashboard.Operations.Access;
using ExecutionDashboard.Operations.Bulk;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>
/// The sign-ins that this process knows: its own, and those of other dashboards and earlier runs that <see cref="SharedSignIns"/> tells of. A tab outlives the request that opened it, so it asks
/// here whether its sign-in still counts: it ends with its time, by a sign-out in another tab, or when the provider refuses to renew it.
/// </summary>
internal sealed class Sessions(AuthOptions options, RoleBindings bindings, TimeProvider time, ITokenRenewal renewal, RenewalTurns? turns = null) : IKnownPeople
{
    /// <summary>How long a sign-in goes on after its tokens ended while the provider cannot be reached.</summary>
    public static readonly TimeSpan Grace = TimeSpan.FromMinutes(5);

    /// <summary>How long the provider has to renew a sign-in: shorter than the right to do so lasts.</summary>
    public static readonly TimeSpan RenewalLimit = TimeSpan.FromSeconds(20);

    // A feed that answers late must not hold up each request of a person.
    private static readonly TimeSpan PauseWithoutFeed = TimeSpan.FromSeconds(5);

    private static readonly string[] SubjectClaims = [ClaimTypes.NameIdentifier, "sub"];

    private const int PruneFrom = 1_000;
    private static readonly string[] OtherNames = ["name", "preferred_username", "email", "sub"];

    private readonly ConcurrentDictionary<string, Session> _sessions = new(StringComparer.Ordinal);

    /// <summary>A session ended, or what is known of its person changed: its id. Raised on any thread.</summary>
    public event Action<string>? Changed;

    /// <summary>A session began here, ended here before its time, or has new tokens: whoever serves the same people must know. Raised on any thread.</summary>
    public event Action<Session>? Moved;

    /// <summary>A session that begins here.</summary>
    public void Begin(Session session)
    {
        Of(session.Id, () => session);
        Moved?.Invoke(session);
    }

    /// <summary>Takes what another process, or an earlier one, knew of a session: what is newer than here counts.</summary>
    public void Take(Session told)
    {
        if (time.GetUtcNow() >= told.EndsAt) return;
        var known = Of(told.Id, () => told);
        if (ReferenceEquals(known, told)) return;
        if (told.IsWithdrawn) known.IsWithdrawn = true;
        if (told.Ended.Length > 0) EndHere(known, told.Ended);
        if (told.Ended.Length > 0) return;
        // One may be known without the other: the provider gave new tokens, and did not say who the person is.
        if (told.TokensNumber > known.TokensNumber || told.TokensEndAt > known.TokensEndAt) (known.RefreshToken, known.TokensNumber) = (told.RefreshToken, Math.Max(told.TokensNumber, known.TokensNumber));
        if (told.TokensEndAt <= known.TokensEndAt) return;
        Vouch(known, told.Person, known.EndsAt);
        known.TokensEndAt = told.TokensEndAt;
    }

    /// <summary>The session of a ticket. One that this process does not know, since another or an earlier one issued it, is taken from the ticket.</summary>
    /// <param name="id">Its id.</param>
    /// <param name="ofTicket">Makes it.</param>
    public Session Of(string id, Func<Session> ofTicket)
    {
        if (_sessions.TryGetValue(id, out var known)) return known;
        if (_sessions.Count >= PruneFrom) Prune();
        return _sessions.GetOrAdd(id, _ => ofTicket());
    }

    /// <summary>The session, null when this process does not know it.</summary>
    public Session? Find(string id) => _sessions.GetValueOrDefault(id);

    /// <summary>The role of a person for the whole fleet by what this process knows: of the sign-ins that count, else of the last ones. A sign-in that ended takes nothing away, a role that was withdrawn does.</summary>
    public AccessRole? RoleOf(string name)
    {
        var known = _sessions.Values.Where(s => NameOf(s.Person) == name).ToList();
        if (known.Count == 0) return null;
        var counting = known.Where(s => !IsOver(s)).ToList();
        return (counting.Count > 0 ? counting : known).Max(s => s.IsWithdrawn ? AccessRole.None : bindings.Of(s.Person).Everywhere);
    }

    /// <summary>Whether it ended, before its time or with it.</summary>
    public bool IsOver(Session session) => session.Ended.Length > 0 || time.GetUtcNow() >= session.EndsAt;

    /// <summary>Ends a session for all its tabs, wherever they are open.</summary>
    public void End(string id, string why)
    {
        if (_sessions.TryGetValue(id, out var session) && EndHere(session, why)) Moved?.Invoke(session);
    }

    /// <summary>A proxy vouches for a person until then.</summary>
    public void Vouch(Session session, ClaimsPrincipal person, DateTimeOffset endsAt)
    {
        var before = UserOf(session);
        (session.Person, session.EndsAt) = (person, endsAt);
        if (UserOf(session) != before) Changed?.Invoke(session.Id);
    }

    /// <summary>Who asks, as last known. Does not ask the provider.</summary>
    public DashboardUser UserOf(Session session)
    {
        var (name, key) = (NameOf(session.Person), KeyOf(session.Person));
        if (session.Ended.Length > 0) return new(name, AccessRole.None, session.Ended) { Key = key };
        if (time.GetUtcNow() >= session.EndsAt) return new(name, AccessRole.None, $"Your sign-in ended at {session.EndsAt.ToString("HH:mm:ss", CultureInfo.InvariantCulture)} UTC.") { Key = key };
        var grants = bindings.Of(session.Person);
        return new(name, grants.Highest, grants.Highest == AccessRole.None ? "You no longer have a role here." : "") { Grants = grants, Key = key };
    }

    /// <summary>Looks again whether a session counts, and asks the provider when its tokens have ended.</summary>
    public async ValueTask<DashboardUser> CheckAsync(Session session, CancellationToken cancel)
    {
        if (IsOver(session) || !IsDue(session)) return UserOf(session);
        await session.Asking.WaitAsync(cancel);
        try
        {
            if (session.Ended.Length > 0 || !IsDue(session)) return UserOf(session);
            if (time.GetUtcNow() < session.AskAgainAt) return UserOf(session);
            var turn = turns is null ? TurnAnswer.Granted : await turns.TakeAsync(session, Take, () => session.Ended.Length > 0 || !IsDue(session), cancel);
            if (turn == TurnAnswer.RenewedElsewhere) return UserOf(session);
            if (turn == TurnAnswer.NotNow) session.AskAgainAt = time.GetUtcNow() + PauseWithoutFeed;
            var number = session.TokensNumber;
            var answer = turn == TurnAnswer.NotNow ? TokenRenewal.NoAnswer : await RenewAsync(session);
            switch (answer)
            {
                case { Refused: true }:
                    session.IsWithdrawn = true;
                    End(session.Id, "The identity provider withdrew your sign-in.");
                    break;
                case { Person: { } person }:
                    Vouch(session, person, session.EndsAt);
                    // Last: a tab that finds its tokens good does not wait for what another one learns of the person.
                    session.TokensEndAt = answer.TokensEndAt;
                    Moved?.Invoke(session);
                    break;
                default:
                    if (time.GetUtcNow() >= session.TokensEndAt + Grace) End(session.Id, "The identity provider cannot be reached to renew your sign-in.");
                    // New tokens without an answer about the person: whoever renews next needs them.
                    else if (session.TokensNumber != number) Moved?.Invoke(session);
                    if (turns is not null) await turns.EndAsync(session.Id, CancellationToken.None);
                    break;
            }
        }
        finally
        {
            session.Asking.Release();
        }
        return UserOf(session);
    }

    // Whoever asks may leave meanwhile, and the new tokens must still be taken: the old ones are used up.
    private async Task<TokenRenewal> RenewAsync(Session session)
    {
        using var limit = new CancellationTokenSource(RenewalLimit, time);
        try
        {
            return await renewal.RenewAsync(session, limit.Token);
        }
        catch (OperationCanceledException) when (limit.IsCancellationRequested)
        {
            return TokenRenewal.NoAnswer;
        }
    }

    /// <summary>The name to show for a person.</summary>
    public string NameOf(ClaimsPrincipal person) =>
        OtherNames.Prepend(options.NameClaim).Select(claim => person.FindFirst(claim)?.Value).FirstOrDefault(name => !string.IsNullOrWhiteSpace(name)) ?? "somebody";

    // A provider's subject is the person's for ever, while a name may change, or become another's. Hashed, so that what is kept under it does not name anybody.
    private string KeyOf(ClaimsPrincipal person)
    {
        var subject = SubjectClaims.Prepend(options.NameClaim).Select(claim => person.FindFirst(claim)?.Value).LastOrDefault(value => !string.IsNullOrWhiteSpace(value)) ?? NameOf(person);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(subject)))[..40];
    }

    private bool EndHere(Session session, string why)
    {
        if (session.Ended.Length > 0) return false;
        session.Ended = why;
        Changed?.Invoke(session.Id);
        return true;
    }

    private bool IsDue(Session session) => session.RefreshToken.Length > 0 && time.GetUtcNow() >= session.TokensEndAt;

    private void Prune()
    {
        var now = time.GetUtcNow();
        foreach (var (id, session) in _sessions)
            if (now >= session.EndsAt) _sessions.TryRemove(id, out _);
    }
}

/// <summary>Asks a provider again for a person whose tokens have ended.</summary>
internal interface ITokenRenewal
{
    /// <summary>Asks, and keeps a new refresh token in the session: the old one may be used up.</summary>
    Task<TokenRenewal> RenewAsync(Session session, CancellationToken cancel);
}

/// <summary>What a provider answered.</summary>
/// <param name="Refused">It withdrew the sign-in.</param>
/// <param name="Person">What it says of the person now; null when it refused or did not answer.</param>
/// <param name="TokensEndAt">When its new tokens end, UTC, where it told of the person.</param>
internal sealed record TokenRenewal(bool Refused, ClaimsPrincipal? Person, DateTimeOffset TokensEndAt = default)
{
    /// <summary>It withdrew the sign-in.</summary>
    public static readonly TokenRenewal No = new(Refused: true, Person: null);

    /// <summary>It did not answer, or did not say who the person is: asked again at the next look.</summary>
    public static readonly TokenRenewal NoAnswer = new(Refused: false, Person: null);
}
