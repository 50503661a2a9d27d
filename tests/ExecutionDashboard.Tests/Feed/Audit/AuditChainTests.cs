using CsCheck;
using ExecutionDashboard.Fleet.Audit;
using Microsoft.Data.Sqlite;

namespace ExecutionDashboard.Tests.Feed.Audit;

/// <summary>The chain of the audit's rows: whatever is done to a row, the verification names the first one that is not as it was stored.</summary>
public sealed class AuditChainTests : IDisposable
{
    private const int Rows = 12;
    private static readonly string[] Columns = ["number", "stored", "at", "hash", "act", "outcome", "who", "role", "address", "action", "kind", "target", "name", "numbers", "reason", "answer"];

    private readonly AuditRig _rig = new();

    public void Dispose() => _rig.Dispose();

    [Fact]
    public void Verify_RowsAsTheyWereStored_IsUnbrokenAlsoAfterARestart()
    {
        Assert.Equal(0, _rig.Verify().Broken);
        Fill();
        _rig.Restart();
        _rig.Add(_rig.Entry("after", answer: "ü, :7 and 12:x,"));

        var verdict = _rig.Verify();

        Assert.Equal((0, $"The audit is unbroken: rows 1 to {Rows + 1}.", _rig.Store.Head.ToString()), (verdict.Broken, verdict.Message, verdict.Head));
        Assert.Equal(0, _rig.Verify(verdict.Head).Broken);
    }

    [Fact]
    public void Verify_AnyEditOfAnyRow_NamesTheFirstBrokenOne()
    {
        Fill();
        _rig.Tamper("PRAGMA wal_checkpoint(TRUNCATE)");
        var edit =
            from row in Gen.Long[1, Rows]
            from column in Gen.Int[0, Columns.Length - 1].Select(i => Columns[i])
            from text in Gen.Char["ab7:,ü\0 '"].Array[0, 6].Select(letters => new string(letters))
            from number in Gen.Long[-3, 1_000_000]
            select (row, column, text, number);
        edit.Sample(e =>
        {
            _rig.UseCopy();
            object value = e.column switch { "number" => e.number, "stored" or "at" => e.number, "hash" => System.Text.Encoding.UTF8.GetBytes(e.text), _ => e.text };
            int changed;
            try
            {
                changed = _rig.Tamper($"UPDATE audit SET {e.column} = $v WHERE number = $row AND {e.column} IS NOT $v AND CAST({e.column} AS BLOB) IS NOT CAST($v AS BLOB)", ("$v", value), ("$row", (object)e.row));
            }
            catch (SqliteException taken) when (taken.SqliteErrorCode == 19)
            {
                return;
            }
            var broken = _rig.Verify().Broken;
            // A row whose number was changed is missing from its place, and is found first where it went.
            Assert.True(changed == 0 ? broken == 0 : e.column == "number" ? broken > 0 && broken <= e.row : broken == e.row, $"{e} gave {broken} for {changed} changed");
        }, iter: 60, threads: 1);
    }

    [Theory]
    [InlineData("DELETE FROM audit WHERE number = 5", 5)]
    [InlineData("DELETE FROM audit WHERE number = 1", 1)]
    [InlineData("DELETE FROM audit WHERE number < 4", 1)]
    [InlineData("DELETE FROM audit WHERE number = 5; UPDATE audit SET number = number - 1 WHERE number > 5", 5)]
    [InlineData("UPDATE audit SET number = number + 100 WHERE number >= 5; UPDATE audit SET number = number - 99 WHERE number > 100; INSERT INTO audit SELECT 5, stored, at, 'made-up', outcome, who, role, address, action, kind, target, name, numbers, reason, answer, hash FROM audit WHERE number = 4", 5)]
    [InlineData("UPDATE audit SET number = 100 WHERE number = 5; UPDATE audit SET number = 5 WHERE number = 6; UPDATE audit SET number = 6 WHERE number = 100", 5)]
    [InlineData("DELETE FROM audit WHERE number < 4; UPDATE audit_anchor SET number = 3, hash = x'aa'", 1)]
    [InlineData("DELETE FROM audit_anchor", 1)]
    public void Verify_RemovedInsertedReordered_NamesTheFirstBrokenOne(string sql, long broken)
    {
        Fill();
        _rig.Tamper(sql);
        Assert.Equal(broken, _rig.Verify().Broken);
    }

    [Fact]
    public void Verify_CutTailOrChainMadeAnew_IsFoundByAHeadThatWasNoted()
    {
        Fill();
        var head = _rig.Store.Head.ToString();
        _rig.Tamper("DELETE FROM audit WHERE number > 9");
        Assert.Equal(0, _rig.Verify().Broken);
        Assert.Equal((10, $"Row 10 is missing: the audit ends with row 9, and the head given is of row {Rows}."), (_rig.Verify(head).Broken, _rig.Verify(head).Message));

        // Who can write the file can add rows that follow well.
        _rig.Restart();
        for (var i = 0; i < 5; i++) _rig.Add(_rig.Entry($"forged-{i}"));
        Assert.Equal(0, _rig.Verify().Broken);
        Assert.Equal(Rows, _rig.Verify(head).Broken);
    }

    [Fact]
    public void Verify_AnchorMovedByHand_IsFound()
    {
        Fill();
        _rig.Tamper("UPDATE audit_anchor SET number = 3, hash = (SELECT hash FROM audit WHERE number = 3); DELETE FROM audit WHERE number < 4");
        Assert.Equal((3, true), (_rig.Verify().Broken, _rig.Verify().Message.Contains("no row says that the retention", StringComparison.Ordinal)));
    }

    [Fact]
    public void Rows_ChangedOrDeletedByATool_AreRefusedByTheDatabase()
    {
        Fill();
        using var connection = new SqliteConnection($"Data Source={_rig.File};Pooling=False");
        connection.Open();
        foreach (var sql in (string[])["UPDATE audit SET who = 'Bob' WHERE number = 2", "DELETE FROM audit WHERE number = 2"])
        {
            using var command = connection.CreateCommand();
            command.CommandText = sql;
            Assert.Throws<SqliteException>(() => command.ExecuteNonQuery());
        }
    }

    [Theory]
    [InlineData("12")]
    [InlineData("x:y")]
    [InlineData("1:zz")]
    public void Verify_WhatIsNoHead_IsRefused(string head) => Assert.Throws<FormatException>(() => _rig.Verify(head));

    private void Fill()
    {
        for (var i = 0; i < Rows; i++) _rig.Add(_rig.Entry($"act-{i}", (AuditOutcome)(i % 8), answer: i % 3 == 0 ? "" : $"answer {i}"));
    }
}
