using System.Text.Json;
using ExecutionDashboard.ControlPlane;
using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Tests.ControlPlane;

public class SpecCacheTests
{
    private static JobSpec Spec(int number, int length = 100) => new() { Hash = "h" + number, Json = new string('x', length) };

    private static JsonElement Json(string json) => JsonDocument.Parse(json).RootElement.Clone();

    [Fact]
    public void Add_SameSpecTwice_IsKnown()
    {
        var cache = new SpecCache();
        Assert.True(cache.Add(Spec(1)));
        Assert.False(cache.Add(Spec(1)));
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void Add_PastTheBound_DropsTheLongestUnused()
    {
        var cache = new SpecCache(maxCharacters: 300);
        for (var i = 1; i <= 3; i++) cache.Add(Spec(i));
        Assert.True(cache.TryGet("h1", out _));
        cache.Add(Spec(4));
        Assert.Equal(3, cache.Count);
        Assert.False(cache.TryGet("h2", out _));
        Assert.True(cache.TryGet("h1", out _));
    }

    [Fact]
    public void Add_OneLongerThanTheBound_HoldsItAlone()
    {
        var cache = new SpecCache(maxCharacters: 300);
        cache.Add(Spec(1));
        cache.Add(Spec(2, 1000));
        Assert.True(cache.TryGet("h2", out _));
        Assert.Equal(1, cache.Count);
        cache.Add(Spec(3));
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void Read_SameBytes_GivesTheSameSpecWithoutParsing()
    {
        var cache = new SpecCache();
        var first = cache.Read(Json("""{"name":"a","priority":1}"""));
        Assert.Same(first, cache.Read(Json("""{"name":"a","priority":1}""")));
        Assert.Same(first, cache.Read(Json("""{"priority":1, "name":"a"}""")));
        Assert.Equal(1, cache.Count);
    }

    [Fact]
    public void Read_ManyFormsAndSpecs_StaysBounded()
    {
        var cache = new SpecCache(maxCharacters: 2_000);
        for (var i = 0; i < 500; i++)
        {
            var spaces = new string(' ', i % 40);
            var name = "n" + i % 20;
            Assert.Equal(name, cache.Read(Json($$"""{"name":{{spaces}}"{{name}}"}""")).Name);
        }
        Assert.InRange(cache.Count, 1, 20);
    }
}
