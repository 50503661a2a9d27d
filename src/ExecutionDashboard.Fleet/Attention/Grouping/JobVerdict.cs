using ExecutionDashboard.Fleet.Deployments;

namespace ExecutionDashboard.Fleet.Attention.Grouping;

/// <summary>Why executions of one version of a job fail, as far as they tell together.</summary>
/// <param name="Failed">Current executions of the version that failed.</param>
/// <param name="Decided">Current executions of the version that ran, ended, failed or are lost.</param>
/// <param name="Reason">The most frequent error; null when none failed.</param>
/// <param name="ReasonCount">Of the failed that were read, those with it.</param>
/// <param name="Read">Failed executions that were read.</param>
/// <param name="PreviousVersion">The version before that executions are known of; 0 when none is.</param>
/// <param name="Previous">Executions of that version that are known.</param>
/// <param name="IsSpec">Nearly all fail with one error, and none of the version before.</param>
/// <param name="Trait">What the failed nodes share that the healthy have not; null when nothing, or the spec is the cause.</param>
internal sealed record JobVerdict(
    int Failed, int Decided, FailureGroup? Reason, int ReasonCount, int Read, int PreviousVersion, int Previous, bool IsSpec, CommonTrait? Trait);
