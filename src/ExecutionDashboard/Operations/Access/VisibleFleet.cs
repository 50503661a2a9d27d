using ExecutionDashboard.Fleet.Scopes;
using ExecutionDashboard.Live.Past;
using ExecutionDashboard.Live.Scopes;

namespace ExecutionDashboard.Operations.Access;

/// <summary>
/// The fleet as the person of a tab or request sees it, now or at a moment of the past. It is decided once, when the first page asks: a tab whose person sees another part later, or that goes from now to
/// the past or back, is opened anew. Who has no role sees nothing.
/// </summary>
/// <param name="fleets">The parts.</param>
/// <param name="user">Who asks.</param>
/// <param name="moment">The moment that is asked for.</param>
public sealed class VisibleFleet(ScopedFleets fleets, ICurrentUser user, ViewedMoment moment) : IDisposable
{
    private readonly Lock _gate = new();
    private ScopedFleets.Lease? _lease;
    private FleetServices? _services;
    private FleetScope? _scope;
    private TabPast? _past;
    private bool _isGone;

    /// <summary>What is shown of the past; null for who looks at now.</summary>
    public TabPast? Past
    {
        get
        {
            _ = Services;
            return _past;
        }
    }

    /// <summary>The services of the part that is seen.</summary>
    public FleetServices Services
    {
        get
        {
            lock (_gate)
            {
                if (_services is not null) return _services;
                ObjectDisposedException.ThrowIf(_isGone, this);
                _scope = ScopeOf(user.Now);
                if (moment.At is { } at)
                {
                    _past = fleets.Open(_scope, at);
                    return _services = _past.Services;
                }
                if (_scope is null) return _services = fleets.Whole;
                _lease = fleets.Use(_scope);
                return _services = _lease.Services;
            }
        }
    }

    /// <summary>The person has a role, and sees another part than this tab shows.</summary>
    public bool IsOutdated
    {
        get
        {
            lock (_gate) return _services is not null && user.Now.Role > AccessRole.None && !Equals(ScopeOf(user.Now), _scope);
        }
    }

    /// <summary>What is shown of the past if it is shown already; null else.</summary>
    public TabPast? OpenPast => _past;

    private static FleetScope? ScopeOf(DashboardUser user) => user.Role == AccessRole.None ? FleetScope.Nothing : user.Grants.Scope;

    /// <inheritdoc/>
    public void Dispose()
    {
        lock (_gate)
        {
            _isGone = true;
            _lease?.Dispose();
            _past?.Dispose();
        }
    }
}
