namespace ExecutionDashboard.Fleet.Audit;

/// <summary>The kinds of acts. They are words that are shown and searched for; other versions of the program may have others.</summary>
public static class AuditActions
{
    /// <summary>A person signed in.</summary>
    public const string SignIn = "sign in";
    /// <summary>A person signed out.</summary>
    public const string SignOut = "sign out";
    /// <summary>Stop one execution.</summary>
    public const string StopExecution = "stop execution";
    /// <summary>Stop a job on every node.</summary>
    public const string StopJob = "stop job";
    /// <summary>Promote the canary of a deployment.</summary>
    public const string Promote = "promote";
    /// <summary>Pause a deployment.</summary>
    public const string Pause = "pause";
    /// <summary>Resume a paused deployment.</summary>
    public const string Resume = "resume";
    /// <summary>Roll back a deployment or a job.</summary>
    public const string Rollback = "roll back";
    /// <summary>Rerun a job.</summary>
    public const string Rerun = "rerun job";
    /// <summary>Delete a job.</summary>
    public const string DeleteJob = "delete job";
    /// <summary>Acknowledge a problem.</summary>
    public const string Acknowledge = "acknowledge problem";
    /// <summary>End an acknowledgement.</summary>
    public const string Unacknowledge = "end acknowledgement";
    /// <summary>Comment on a problem.</summary>
    public const string Comment = "comment on problem";
    /// <summary>Save or change a view that everybody sees, or share one.</summary>
    public const string SaveView = "save shared view";
    /// <summary>Delete a view that everybody sees, or share it no longer.</summary>
    public const string DeleteView = "delete shared view";
    /// <summary>Download data.</summary>
    public const string Export = "export";
    /// <summary>Ask for an address that needs a higher role.</summary>
    public const string Open = "open";
    /// <summary>Rows of the audit that are older than its retention were deleted, by the feed.</summary>
    public const string Prune = "prune audit";

    /// <summary>Start a bulk run.</summary>
    public const string StartBulk = "start bulk run";
    /// <summary>Approve a bulk run, as a second person.</summary>
    public const string ApproveBulk = "approve bulk run";
    /// <summary>Reject it instead.</summary>
    public const string RejectBulk = "reject bulk run";
    /// <summary>Pause a bulk run.</summary>
    public const string PauseBulk = "pause bulk run";
    /// <summary>Resume a bulk run.</summary>
    public const string ResumeBulk = "resume bulk run";
    /// <summary>Cancel a bulk run.</summary>
    public const string CancelBulk = "cancel bulk run";
    /// <summary>Send items of a bulk run again.</summary>
    public const string RetryBulk = "retry items of bulk run";
    /// <summary>A bulk run halted by itself.</summary>
    public const string HaltBulk = "halt bulk run";
    /// <summary>Every item of a bulk run has an outcome.</summary>
    public const string FinishBulk = "finish bulk run";

    /// <summary>Commands to the control plane.</summary>
    public static IReadOnlyList<string> Commands { get; } = [StopExecution, StopJob, Promote, Pause, Resume, Rollback, Rerun, DeleteJob];

    /// <summary>All of them.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Commands, StartBulk, ApproveBulk, RejectBulk, PauseBulk, ResumeBulk, CancelBulk, RetryBulk, HaltBulk, FinishBulk, Acknowledge, Unacknowledge, Comment, SaveView, DeleteView, Export, SignIn, SignOut, Open, Prune];
}
