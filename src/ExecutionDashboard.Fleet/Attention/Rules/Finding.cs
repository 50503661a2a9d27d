namespace ExecutionDashboard.Fleet.Attention.Rules;

/// <summary>What is wrong with one execution, before its cause is looked for. Times as the store keeps them.</summary>
/// <param name="Cause">What is wrong.</param>
/// <param name="Row">The execution's row.</param>
/// <param name="Job">Number of its job.</param>
/// <param name="Version">Its job's version.</param>
/// <param name="Node">Number of its node; 0 while it is not placed.</param>
/// <param name="Deployment">Number of its deployment.</param>
/// <param name="Since">When it began; 0 where nothing says so.</param>
/// <param name="IsCutOff">Its node is unreachable.</param>
/// <param name="IsLost">It is lost with its node.</param>
internal readonly record struct Finding(ProblemCause Cause, int Row, int Job, int Version, int Node, int Deployment, long Since, bool IsCutOff, bool IsLost);

/// <summary>What is wrong with the connection of one node. Times as the store keeps them.</summary>
/// <param name="Node">Number of the node.</param>
/// <param name="IsUnreachable">It is disconnected or lost.</param>
/// <param name="Since">Since when; 0 where nothing says so.</param>
/// <param name="FlapsSince">The first of the connects that are too many; 0 where they are not.</param>
internal readonly record struct ContactFinding(int Node, bool IsUnreachable, long Since, long FlapsSince)
{
    /// <summary>First lost first.</summary>
    public static readonly Comparison<ContactFinding> ByTime = (a, b) => a.Since != b.Since ? a.Since.CompareTo(b.Since) : a.Node.CompareTo(b.Node);
}

/// <summary>What a rule says.</summary>
/// <param name="Finding">What is wrong; null when nothing is.</param>
/// <param name="Due">When the answer may be another without any change; 0 is never.</param>
internal readonly record struct Verdict<T>(T? Finding, long Due) where T : struct;
