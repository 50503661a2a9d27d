using System.Text.Json;
using CsCheck;
using ExecutionDashboard.ControlPlane.Reading;

namespace ExecutionDashboard.Tests.ControlPlane.Reading;

public sealed class RepeatedValuesTests
{
    [Fact]
    public void Of_AnyValuesInAnyOrder_IsWhatReadingGives() =>
        Gen.OneOf(Gen.String.Select(s => JsonSerializer.Serialize(s)), Gen.Int[0, 5].Select(i => $"{i}"), Gen.Int[0, 5].Select(i => $"\"\\u004{i}\""), Gen.Const("null"), Gen.Const("{\"a\": [1]}")).Array[1, 60].Sample(values =>
        {
            var texts = new RepeatedValues<string>(Fields.Text);
            using var page = JsonDocument.Parse($"[{string.Join(',', values)}]");
            foreach (var value in page.RootElement.EnumerateArray().Concat(page.RootElement.EnumerateArray())) Assert.Equal(value.Text(), texts.Of(value));
        });

    [Fact]
    public void Of_SameState_IsTheSameObject()
    {
        var reports = new RepeatedValues<ExecutionDashboard.Fleet.StateReport>(States.Report);
        using var page = JsonDocument.Parse("""[{"state_type": "running", "message": "up"}, {"state_type": "running", "message": "up"}]""");

        var first = reports.Of(page.RootElement[0]);

        Assert.Equal(("running", "up"), (first.State.Name, first.Message));
        Assert.Same(first, reports.Of(page.RootElement[1]));
    }
}
