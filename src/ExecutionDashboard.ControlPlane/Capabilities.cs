namespace ExecutionDashboard.ControlPlane;

/// <summary>Commands that not all servers support.</summary>
public enum ControlPlaneCommand
{
    /// <summary>Stop one execution.</summary>
    StopExecution,
    /// <summary>Stop a job on every node.</summary>
    StopJob,
    /// <summary>Rerun a job.</summary>
    RerunJob,
    /// <summary>Roll back a job.</summary>
    RollbackJob,
    /// <summary>Promote a canary.</summary>
    Promote,
    /// <summary>Pause a deployment.</summary>
    Pause,
    /// <summary>Resume a paused deployment.</summary>
    Resume,
    /// <summary>Roll back a deployment.</summary>
    RollbackDeployment,
    /// <summary>Delete a job.</summary>
    DeleteJob,
}

/// <summary>Whether a server supports a command.</summary>
public enum Offer
{
    /// <summary>Unknown until it is tried.</summary>
    Unknown,
    /// <summary>Supported: the server accepted it, or refused it for another reason.</summary>
    Offered,
    /// <summary>Not supported: the server replied 404 for the route, 405 or 501.</summary>
    NotOffered,
}

/// <summary>What is known about a server's commands. Safe for concurrent use.</summary>
public sealed class Capabilities
{
    private readonly int[] _offers = new int[Enum.GetValues<ControlPlaneCommand>().Length];

    /// <summary>Whether a command is supported.</summary>
    public Offer this[ControlPlaneCommand command] => (Offer)Volatile.Read(ref _offers[(int)command]);

    /// <summary>Raised when something new was learned, on the thread that learned it.</summary>
    public event Action? Learned;

    /// <summary>Records the result of a command. An unsupported command stays so until the server accepts it.</summary>
    public void Learn(ControlPlaneCommand command, Offer offer)
    {
        if (offer == Offer.Unknown || Interlocked.Exchange(ref _offers[(int)command], (int)offer) == (int)offer) return;
        Learned?.Invoke();
    }
}
