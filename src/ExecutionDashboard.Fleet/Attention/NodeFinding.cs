namespace ExecutionDashboard.Fleet.Attention;

/// <summary>Something that is wrong with one node by its fields. Those of one cause make one problem: <see cref="NodeRules.Together"/>.</summary>
/// <param name="Cause">What is wrong.</param>
/// <param name="NodeId">The node.</param>
/// <param name="Name">Its name for people.</param>
/// <param name="Since">When it began, UTC; where no field tells, when the node first reported it as far as <see cref="NodeRules.Of(Node, AttentionOptions, DateTimeOffset, out DateTimeOffset?, IReadOnlyList{NodeFinding}?)"/> was given what was found before.</param>
/// <param name="Fact">The fact, in words.</param>
/// <param name="At">When it was so, UTC.</param>
/// <param name="Badness">How bad it is among those of its cause, greater is worse.</param>
public sealed record NodeFinding(ProblemCause Cause, string NodeId, string Name, DateTimeOffset Since, string Fact, DateTimeOffset? At, double Badness);
