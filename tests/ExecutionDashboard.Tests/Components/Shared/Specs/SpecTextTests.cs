using ExecutionDashboard.Components.Shared.Specs;

namespace ExecutionDashboard.Tests.Components.Shared.Specs;

public sealed class SpecTextTests
{
    [Fact]
    public void Yaml_EveryKindOfValue_KeepsItsType()
    {
        const string json = """
            {"text":"plain","empty":"","no":"no","word":"12","count":12,"part":1.50,"huge":1e400,"yes":true,"not":false,"none":null,"lines":"a\nb\n","list":[1,{"a":"x: y"},[]],"map":{},"twice":1,"twice":2}
            """;

        Assert.Equal("""
            text: plain
            empty: ""
            "no": "no"
            word: "12"
            count: 12
            part: 1.50
            huge: 1.0e+400
            "yes": true
            not: false
            none: null
            lines: |
              a
              b
            list:
            - 1
            - a: "x: y"
            - []
            map: {}
            twice: 2

            """, SpecText.Yaml(json), ignoreLineEndingDifferences: true);
    }
}
