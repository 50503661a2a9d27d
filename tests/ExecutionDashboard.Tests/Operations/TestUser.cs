using ExecutionDashboard.Operations.Access;

namespace ExecutionDashboard.Tests.Operations;

/// <summary>A person whose role the test sets; may do everything until it does.</summary>
internal sealed class TestUser : ICurrentUser
{
    private DashboardUser _shown = DashboardUser.Anyone;

    public event Action? Changed;

    public DashboardUser Now => _shown;

    /// <summary>What a check finds; what is shown follows with it.</summary>
    public DashboardUser Real { get; set; } = DashboardUser.Anyone;

    public ValueTask<DashboardUser> CheckAsync(CancellationToken cancel)
    {
        Show(Real);
        return new(Real);
    }

    /// <summary>Changes what is shown, too.</summary>
    public void Show(DashboardUser user)
    {
        (_shown, Real) = (user, user);
        Changed?.Invoke();
    }
}
