using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Fleet.Search;
using ExecutionDashboard.Fleet.Store;
using ExecutionDashboard.Fleet.Store.Columns;
using ExecutionDashboard.Fleet.Store.Queries;

namespace ExecutionDashboard.Tests.Fleet.Planes;

/// <summary>Ids with a plane in front as keys of the store.</summary>
public sealed class PlaneIdTests
{
    private static readonly FleetPlanes Many = FleetPlanes.Of([.. Enumerable.Range(0, 20).Select(i => $"p{i}")]);

    private static readonly Gen<string> Id = Gen.Select(Gen.Int[0, 21], Gen.Int[0, 3], Gen.Int[0, 3]).Select((plane, kind, number) => FleetPlanes.IdOf(plane > 19 ? "" : $"p{plane}", kind switch
    {
        0 => $"0a1b2c3d-0000-4000-8000-00000000000{number}", 1 => $"0a1b2c3d-0000-7000-bfff-00000000000{number}", 2 => $"0a1b2c3d-0000-1000-8000-00000000000{number}", _ => $"exec-{number}",
    }));

    [Fact]
    public void Intern_AnyIds_AreToldApartOrderedAndReadBack() => Id.Array[1, 30].Sample(ids =>
    {
        var table = new IdTable { Planes = Many };
        UInt128[] keys = [.. ids.Select(table.Intern)];
        Assert.Equal(ids, keys.Select(table.Text));
        Assert.Equal(ids.Distinct().Count(), keys.Distinct().Count());
        Assert.All(ids, id => Assert.True(table.TryFind(id, out _)));
        Assert.Equal(ids.Order(StringComparer.Ordinal), keys.Order(Comparer<UInt128>.Create(table.Compare)).Select(table.Text));
    });

    [Theory]
    [InlineData("p0~0a1b2c3d-0000-4000-8000-000000000001", true)]
    [InlineData("p15~0a1b2c3d-0000-7000-bfff-000000000001", true)]
    [InlineData("p16~0a1b2c3d-0000-4000-8000-000000000001", false)]
    [InlineData("p0~0a1b2c3d-0000-1000-8000-000000000001", false)]
    [InlineData("other~0a1b2c3d-0000-4000-8000-000000000001", false)]
    public void Intern_UuidOfAPlane_LeavesNothingBehind(string id, bool isKey)
    {
        var table = new IdTable { Planes = Many };
        table.Intern(id);
        Assert.Equal(isKey, !table.HasTexts);
    }

    [Fact]
    public void Search_PartOfAnId_FindsItOnEachPlaneAndTheWholeOnOne()
    {
        var store = new FleetStore { Planes = Many };
        var id = "0a1b2c3d-1111-4000-8000-000000000001";
        store.Apply([.. new[] { "p0", "p3" }.Select(plane => FleetChange.Of(new Execution { Id = FleetPlanes.IdOf(plane, id), JobId = FleetPlanes.IdOf(plane, "j") }))]);

        Assert.Equal(["p0~" + id, "p3~" + id], Found(id[..8]));
        Assert.Equal(["p0~" + id, "p3~" + id], Found(id));
        Assert.Equal(["p3~" + id], Found("p3~" + id));
        Assert.Equal(2, store.Count(new ExecutionQuery { Text = "2c3d-1111" }));

        string[] Found(string text) => [.. store.Search(SoughtText.Parse(text), 9).Hits.Where(hit => hit.Kind == FleetKind.Execution).Select(hit => hit.Id).Order(StringComparer.Ordinal)];
    }
}
