namespace ExecutionDashboard.Fleet.Audit;

/// <summary>
/// Something that a person did, tried to do, or that came of it: a row of the audit before it is stored. An act begins with one entry (<see cref="AuditOutcome.Asked"/>, or
/// <see cref="AuditOutcome.Done"/> or <see cref="AuditOutcome.Refused"/> where it has one step), and further ones with the same <see cref="Act"/> follow as its result becomes known. Each
/// repeats what was done by whom, so that it can be read alone.
/// </summary>
public sealed record AuditEntry
{
    /// <summary>Id of the act, chosen at random. An act has each outcome once: an entry that is sent again is not stored again.</summary>
    public required string Act { get; init; }
    /// <summary>When it happened, UTC, by the dashboard's clock.</summary>
    public required DateTimeOffset At { get; init; }
    /// <summary>How far it came.</summary>
    public AuditOutcome Outcome { get; init; }
    /// <summary>Who did it, as the sign-in names the person; without one "somebody at" and the address.</summary>
    public required string Who { get; init; }
    /// <summary>The person's role then: <c>viewer</c>, <c>operator</c>, <c>admin</c> or <c>none</c>.</summary>
    public string Role { get; init; } = "";
    /// <summary>Address of the person's browser; empty when unknown.</summary>
    public string From { get; init; } = "";
    /// <summary>What was done: see <see cref="AuditActions"/>.</summary>
    public required string Action { get; init; }
    /// <summary>What it was done to.</summary>
    public AuditTarget Target { get; init; } = AuditTarget.None;
    /// <summary>The numbers that the person saw when confirming, as a sentence; empty without any.</summary>
    public string Numbers { get; init; } = "";
    /// <summary>Why, in the person's words; may be empty.</summary>
    public string Reason { get; init; } = "";
    /// <summary>What came of it: the answer of the control plane, the role that was needed, the state that was seen. Empty while it is asked.</summary>
    public string Answer { get; init; } = "";
}

/// <summary>What was acted on.</summary>
/// <param name="Kind">One of <see cref="AuditTarget"/>'s constants; empty for none.</param>
/// <param name="Id">Its id; empty for none.</param>
/// <param name="Name">Its name as people know it; empty when it has none.</param>
public sealed record AuditTarget(string Kind, string Id, string Name = "")
{
    /// <summary>An execution.</summary>
    public const string Execution = "execution";
    /// <summary>A job.</summary>
    public const string Job = "job";
    /// <summary>A deployment.</summary>
    public const string Deployment = "deployment";
    /// <summary>A problem.</summary>
    public const string Problem = "problem";
    /// <summary>A saved view.</summary>
    public const string View = "view";
    /// <summary>An address of the dashboard, such as an export's.</summary>
    public const string Address = "address";
    /// <summary>A sign-in.</summary>
    public const string SignIn = "sign-in";
    /// <summary>A bulk run.</summary>
    public const string BulkRun = "bulk run";
    /// <summary>The audit itself.</summary>
    public const string Audit = "audit";

    /// <summary>Nothing in particular.</summary>
    public static AuditTarget None { get; } = new("", "");
}

/// <summary>How far an act came.</summary>
public enum AuditOutcome
{
    /// <summary>Opens an act: it was asked for and is about to be sent. What came of it follows.</summary>
    Asked,
    /// <summary>Closes an act that has no effect to wait for, such as a comment; opens it too where it has one step, such as a sign-in.</summary>
    Done,
    /// <summary>Opens and closes an act that the dashboard refused. The answer says which role was needed, or why else.</summary>
    Refused,
    /// <summary>The control plane or the feed took it. A command's effect follows.</summary>
    Accepted,
    /// <summary>Closes an act: it was answered with a no, or not at all. The answer says which.</summary>
    Failed,
    /// <summary>Closes an act: its effect was seen. The answer is the state that followed.</summary>
    Seen,
    /// <summary>Closes an act: it was accepted, but no effect was seen in time.</summary>
    NotSeen,
    /// <summary>Closes an act of which nothing more was told: the dashboard that sent it ended. Written by the feed.</summary>
    Unknown,
}

/// <summary>A stored entry.</summary>
/// <param name="Number">Consecutive, from 1.</param>
/// <param name="StoredAt">When it was stored, UTC, by the feed's clock; never earlier than that of the row before.</param>
/// <param name="Hash">SHA-256 over the row and the hash of the one before, 64 hexadecimal digits.</param>
/// <param name="Entry">The entry.</param>
public sealed record AuditRow(long Number, DateTimeOffset StoredAt, string Hash, AuditEntry Entry);
