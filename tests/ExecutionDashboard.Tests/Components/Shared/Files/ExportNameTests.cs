using CsCheck;
using ExecutionDashboard.Components.Pages.Executions;
using ExecutionDashboard.Components.Shared.Files;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Components.Shared.Files;

public sealed class ExportNameTests
{
    private static readonly DateTimeOffset At = new(2026, 11, 29, 9, 30, 0, TimeSpan.FromHours(1));

    [Fact]
    public void Of_Parts_NamesThemAndTheMoment() =>
        Assert.Equal("log_café-ingest_edge-7_2026-11-29T083000Z.txt", ExportName.Of("txt", At, "log", "café ingest", "", "edge-7"));

    [Theory]
    [InlineData("../../etc/passwd", "etc-passwd")]
    [InlineData("a\"b\r\nc:d|e", "a-b-c-d-e")]
    [InlineData("\u202etxt.exe", "txt.exe")]
    [InlineData("...", "")]
    public void Of_SignsThatFileSystemsRead_AreLeftOut(string part, string shown) => Assert.Equal(shown.Length > 0 ? $"{shown}.csv" : "export.csv", ExportName.Of("csv", null, part));

    [Fact]
    public void Of_AnyText_IsAShortNameOfOneFolder() => Gen.String.Array[0, 20].Sample(
        parts => ExportName.Of("csv", At, parts) is { Length: < 200 } name && name.IndexOfAny(['/', '\\', '"', '\n', ':']) < 0 && name.EndsWith("_2026-11-29T083000Z.csv", StringComparison.Ordinal), iter: 100);

    [Fact]
    public void FileName_OfFilters_SaysEach()
    {
        var query = ExecutionQuery.Parse("state=failed&state=lost&of=current&drift=yes&label=region%3Deu&version=7&q=kafka&sort=id");
        Assert.Equal("executions_current_failed-lost_not-in-desired-state_version-7_label-region-eu_text-kafka_2026-11-29T083000Z.csv", ExecutionExport.FileName("csv", query, new FleetStore(), At));
        Assert.Equal("executions_2026-11-29T083000Z.json", ExecutionExport.FileName("json", ExecutionQuery.All, new FleetStore(), At));
    }
}
