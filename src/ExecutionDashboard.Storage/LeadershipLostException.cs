using System.Data.Common;

namespace ExecutionDashboard.Storage;

/// <summary>Another process leads the change log, so this one must not write any more.</summary>
internal sealed class LeadershipLostException(string message) : DbException(message);
