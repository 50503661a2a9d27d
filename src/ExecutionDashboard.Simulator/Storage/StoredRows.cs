using ExecutionDashboard.Simulator.Engine;
using ExecutionDashboard.Simulator.Engine.Entities;

namespace ExecutionDashboard.Simulator.Storage;

/// <summary>The settings that a stored fleet was made with; a different fleet is discarded.</summary>
internal sealed record StoredIdentity(int Schema, long Seed, int Nodes, int Jobs, int? Executions, Generation Generation, string? Scenario);

/// <summary>The counters of the world.</summary>
internal sealed record StoredWorld(
    StoredIdentity Identity, long Now, ulong Random, long Sequence, long Change, int Evaluation, int HistoryPerExecution, int MostExecutions, int NextOrdinal, long[] Story);

/// <summary>A node.</summary>
internal sealed record StoredNode(
    int Ordinal, string Id, string Name, string Hostname, int Class, string AgentVersion, KeyValuePair<string, string>[] Labels, long CreatedAt, double FailureRate,
    Connection Connection, NodePlan Plan, bool Deleted, long SilentSince, long ReturnsAt, long ConnectedSince, long DisconnectedSince, long UpdatedAt, long Due,
    int Revision, string Message);

/// <summary>A job; objects are referenced by ordinal, -1 for none.</summary>
internal sealed record StoredJob(
    int Ordinal, string Id, string Name, string Namespace, string Type, long CreatedAt, int Version, int Deployment, int LastGood, bool Stopped, bool Deleted,
    bool LeftAlone, string State, string Message, int Revision, long UpdatedAt);

/// <summary>A version of a job.</summary>
internal sealed record StoredVersion(int Job, int Number, string Spec, long CreatedAt, double FailureRate);

/// <summary>A deployment.</summary>
internal sealed record StoredDeployment(
    int Ordinal, int Job, DeploymentKind Kind, int From, int To, long CreatedAt, int RollbackTo, DeploymentState State, string Message, int[] Targets, int Cursor,
    int WaveStart, int CanarySize, int WaveSize, int CurrentWave, int TotalWaves, bool CanaryPromoted, bool AwaitsPromotion, int Outstanding, int Updated, int Failed,
    long HealthDeadline, long LastProgressAt, long UpdatedAt, long CompletedAt, int Revision);

/// <summary>An execution.</summary>
internal sealed record StoredExecution(
    int Ordinal, int Job, int Version, int Node, int Deployment, int Evaluation, long CreatedAt, DesiredState Desired, ActualState Actual, ExecutionPlan Plan,
    byte Settled, bool Stable, byte Attempt, Report Report, string DesiredMessage, int Previous, int Next, int Revision, long UpdatedAt, long StableAt, long Due,
    long Change, List<HistoryEntry>? History);

/// <summary>An event of a job.</summary>
internal sealed record StoredEvent(int Job, JobEvent Event);

/// <summary>A row to write; null data deletes it.</summary>
internal readonly record struct Row(string Kind, long Id, string? Data);
