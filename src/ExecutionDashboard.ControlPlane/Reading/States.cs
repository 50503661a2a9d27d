using System.Text.Json;
using ExecutionDashboard.Fleet;
using ExecutionDashboard.Fleet.Secrets;

namespace ExecutionDashboard.ControlPlane.Reading;

/// <summary>Reads state objects <c>{state_type, message, details}</c>; a text is a state without message and details.</summary>
internal static class States
{
    public static StateReport Report(JsonElement element)
    {
        var (name, message, details) = Read(element);
        if (name.Length == 0 && message.Length == 0 && details is null) return StateReport.None;
        return new StateReport(ExecutionState.Parse(name), message, details);
    }

    public static (string Name, string Message, IReadOnlyDictionary<string, string>? Details) Read(JsonElement element)
    {
        if (element.ValueKind != JsonValueKind.Object) return (Word(element), "", null);
        var (name, message) = ("", "");
        IReadOnlyDictionary<string, string>? details = null;
        foreach (var field in Fields.Of(element))
        {
            if (field.Is("state_type"u8)) name = Word(field.Value);
            else if (field.Is("message"u8)) message = field.Value.Text();
            else if (field.Is("details"u8)) details = field.Value.TextMapOrNull();
        }
        return (name, message, details);
    }

    // States are open words: a server may send anything, and states are shown and counted everywhere.
    private static string Word(JsonElement element) => SecretMask.MaskText(element.Text().Trim());
}
