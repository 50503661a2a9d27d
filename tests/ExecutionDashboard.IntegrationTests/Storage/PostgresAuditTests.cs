using System.Data.Common;
using ExecutionDashboard.Tests.Feed;
using ExecutionDashboard.Tests.Feed.Audit;

namespace ExecutionDashboard.IntegrationTests.Storage;

/// <summary>The audit in PostgreSQL, and somebody who may write the database.</summary>
public sealed class PostgresAuditTests : IDisposable
{
    private readonly AuditRig _rig = new();

    public PostgresAuditTests()
    {
        for (var i = 0; i < 9; i++) _rig.Add(_rig.Entry($"act-{i}", answer: i % 3 == 0 ? "" : $"answer {i} ü \uD800"));
    }

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Rows_ChangedOrDeletedByATool_AreRefusedByTheDatabase()
    {
        foreach (var sql in (string[])["UPDATE audit SET who = 'Bob' WHERE number = 2", "DELETE FROM audit WHERE number = 2"])
            Assert.ThrowsAny<DbException>(() => TestStorage.Execute(_rig.File, sql));
        Assert.Equal(0, _rig.Verify().Broken);
    }

    [Theory]
    [InlineData("UPDATE audit SET who = 'Bob' WHERE number = 2", 2)]
    [InlineData("UPDATE audit SET at = at + 1 WHERE number = 7", 7)]
    [InlineData("UPDATE audit SET hash = decode('00', 'hex') WHERE number = 3", 3)]
    [InlineData("DELETE FROM audit WHERE number = 5", 5)]
    [InlineData("DELETE FROM audit_anchor", 1)]
    public void Verify_ChangedByTheOwner_NamesTheFirstBrokenOne(string sql, long broken)
    {
        TestStorage.Execute(_rig.File, $"ALTER TABLE audit DISABLE TRIGGER audit_is_kept; {sql}");

        Assert.Equal(broken, _rig.Verify().Broken);
    }
}
