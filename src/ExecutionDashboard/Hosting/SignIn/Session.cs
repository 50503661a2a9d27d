using System.Security.Claims;
using System.Security.Cryptography;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>One sign-in, as this process knows it: shared by the tabs and requests of one browser. Safe for any thread.</summary>
internal sealed class Session(string id, ClaimsPrincipal person, DateTimeOffset endsAt)
{
    /// <summary>Type of the claim that has <see cref="Id"/>.</summary>
    public const string IdClaim = "dashboard_session";

    private volatile ClaimsPrincipal _person = person;
    private volatile string _ended = "";
    private long _endsAt = endsAt.UtcTicks, _tokensEndAt, _askAgainAt;
    private volatile bool _isWithdrawn;

    /// <summary>Random, in the ticket too.</summary>
    public string Id { get; } = id;

    /// <summary>When it ends whatever happens, UTC.</summary>
    public DateTimeOffset EndsAt
    {
        get => new(Volatile.Read(ref _endsAt), TimeSpan.Zero);
        set => Volatile.Write(ref _endsAt, value.UtcTicks);
    }

    /// <summary>What the provider said of the person last.</summary>
    public ClaimsPrincipal Person
    {
        get => _person;
        set => _person = value;
    }

    /// <summary>Why it ended before its time, one sentence; empty while it did not.</summary>
    public string Ended
    {
        get => _ended;
        set => _ended = value;
    }

    /// <summary>The provider withdrew it, for good.</summary>
    public bool IsWithdrawn
    {
        get => _isWithdrawn;
        set => _isWithdrawn = value;
    }

    /// <summary>Trades for new tokens; empty where the provider gives none.</summary>
    public string RefreshToken { get; set; } = "";

    /// <summary>When the provider's tokens end, UTC. With a refresh token the provider is asked again then.</summary>
    public DateTimeOffset TokensEndAt
    {
        get => new(Volatile.Read(ref _tokensEndAt), TimeSpan.Zero);
        set => Volatile.Write(ref _tokensEndAt, value.UtcTicks);
    }

    /// <summary>Grows with each refresh token: of two, the one with the higher number is newer.</summary>
    public long TokensNumber { get; set; }

    /// <summary>Until then nobody asks again whether it may be renewed, UTC.</summary>
    public DateTimeOffset AskAgainAt
    {
        get => new(Volatile.Read(ref _askAgainAt), TimeSpan.Zero);
        set => Volatile.Write(ref _askAgainAt, value.UtcTicks);
    }

    /// <summary>Lets one caller at a time ask the provider.</summary>
    public SemaphoreSlim Asking { get; } = new(1, 1);

    /// <summary>A new id.</summary>
    public static string NewId() => Convert.ToHexString(RandomNumberGenerator.GetBytes(16));
}
