using ExecutionDashboard.Operations.Access;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace ExecutionDashboard.Hosting.SignIn;

/// <summary>
/// The person of one tab. A tab outlives the ticket that it was opened with, so it is looked at again every <see cref="AuthOptions.CheckInterval"/> and at the moment it ends; a command
/// looks again by itself.
/// </summary>
internal sealed class CircuitUser : RevalidatingServerAuthenticationStateProvider, ICurrentUser
{
    private static readonly TimeSpan Least = TimeSpan.FromMilliseconds(200);
    private static readonly DashboardUser Nobody = new("", AccessRole.None, "You are not signed in.");

    private readonly Sessions _sessions;
    private readonly AuthOptions _options;
    private readonly TimeProvider _time;
    private Session? _session;
    private DashboardUser? _now;

    public CircuitUser(ILoggerFactory loggers, Sessions sessions, AuthOptions options, TimeProvider time) : base(loggers)
    {
        (_sessions, _options, _time) = (sessions, options, time);
        _sessions.Changed += OnChanged;
    }

    /// <inheritdoc/>
    public event Action? Changed;

    /// <inheritdoc/>
    public DashboardUser Now => _now ??= Session is { } session ? _sessions.UserOf(session) : Nobody;

    /// <inheritdoc/>
    protected override TimeSpan RevalidationInterval
    {
        get
        {
            if (Session is not { } session) return _options.CheckInterval;
            var left = session.EndsAt - _time.GetUtcNow();
            return left < Least ? Least : left < _options.CheckInterval ? left : _options.CheckInterval;
        }
    }

    // What the tab was opened with; the framework's own state becomes nobody's once it has ended.
    private Session? Session
    {
        get
        {
            if (_session is not null) return _session;
            var state = GetAuthenticationStateAsync();
            return state.IsCompletedSuccessfully && state.GetAwaiter().GetResult().User.FindFirst(SignIn.Session.IdClaim)?.Value is { } id ? _session = _sessions.Find(id) : null;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<DashboardUser> CheckAsync(CancellationToken cancel)
    {
        if (Session is not { } session) return Nobody;
        var user = await _sessions.CheckAsync(session, cancel);
        Take(user);
        return user;
    }

    /// <inheritdoc/>
    protected override async Task<bool> ValidateAuthenticationStateAsync(AuthenticationState authenticationState, CancellationToken cancellationToken) =>
        (await CheckAsync(cancellationToken)).Role != AccessRole.None;

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        _sessions.Changed -= OnChanged;
        base.Dispose(disposing);
    }

    private void OnChanged(string id)
    {
        if (Session is { } session && session.Id == id) Take(_sessions.UserOf(session));
    }

    private void Take(DashboardUser user)
    {
        if (user == Now) return;
        var wasOver = Now.Role == AccessRole.None;
        _now = user;
        // The framework stopped looking when it ended; a proxy may vouch for the person again.
        if (wasOver && user.Role != AccessRole.None && _session is { } session) SetAuthenticationState(Task.FromResult(new AuthenticationState(session.Person)));
        Changed?.Invoke();
    }
}
