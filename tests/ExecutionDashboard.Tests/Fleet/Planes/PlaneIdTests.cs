using CsCheck;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Planes;
using ExecutionDashboard.Fleet.Search;
using ExecutionDashboard.Fleet.Store;
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
    public void Apply_AnyIds_AreToldApartOrderedAndReadBack() => Id.Array[1, 30].Sample(ids =>
    {
        var store = new FleetStore { Planes = Many };
        store.Apply([.. ids.Select((id, i) => FleetChange.Of(new Execution { Id = id, JobVersion = i, PreviousId = ids[0] == id ? "" : ids[0] }))]);

        var listed = store.Enumerate(new ExecutionQuery { Sort = ExecutionSort.Id, Ascending = true }).ToList();
        Assert.Equal(ids.Distinct().Order(StringComparer.Ordinal), listed.Select(execution => execution.Id));
        Assert.All(listed, execution => Assert.Equal(ids[0] == execution.Id ? "" : ids[0], execution.PreviousId));
        Assert.All(ids, id => Assert.Equal(Array.LastIndexOf(ids, id), store.FindExecution(id)!.JobVersion));
        store.Apply([FleetChange.Gone(FleetKind.Execution, ids[0])]);
        Assert.Equal(ids.Distinct().Count() - 1, store.ExecutionCount);
    });

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
