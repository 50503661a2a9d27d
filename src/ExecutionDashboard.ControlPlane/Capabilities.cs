namespace ExecutionDashboard.ControlPlane;

/// <summary>Commands that not every server has.</summary>
public enum ControlPlaneCommand
{
    /// <summary>Stop one execution.</summary>
    StopExecution,
    /// <summary>Stop a job on every node.</summary>
    StopJob,
    /// <summary>Start a job's executions again.</summary>
    RerunJob,
    /// <summary>Go back to a version of a job.</summary>
    RollbackJob,
    /// <summary>Promote a canary.</summary>
    Promote,
    /// <summary>Hold a deployment.</summary>
    Pause,
    /// <summary>Go on with a paused deployment.</summary>
    Resume,
    /// <summary>Roll a deployment back.</summary>
    RollbackDeployment,
    /// <summary>Delete a job.</summary>
    DeleteJob,
}

/// <summary>Whether a server offers a command.</summary>
public enum Offer
{
    /// <summary>Not learned yet: asking will tell.</summary>
    Unknown,
    /// <summary>The server took or refused it for its own reasons: it has the route.</summary>
    Offered,
    /// <summary>The server answered 404 for the route, 405 or 501.</summary>
    NotOffered,
}

/// <summary>What a server has been learned to offer. Safe to use from any thread.</summary>
public sealed class Capabilities
{
    private readonly int[] _offers = new int[Enum.GetValues<ControlPlaneCommand>().Length];

    /// <summary>What is known of a command.</summary>
    public Offer this[ControlPlaneCommand command] => (Offer)Volatile.Read(ref _offers[(int)command]);

    /// <summary>Raised on the learning thread when something new was learned.</summary>
    public event Action? Learned;

    /// <summary>Notes what an answer told. What is not offered stays so until the server is seen to take it.</summary>
    public void Learn(ControlPlaneCommand command, Offer offer)
    {
        if (offer == Offer.Unknown || Interlocked.Exchange(ref _offers[(int)command], (int)offer) == (int)offer) return;
        Learned?.Invoke();
    }
}
