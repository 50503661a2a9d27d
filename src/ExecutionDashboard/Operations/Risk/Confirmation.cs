using ExecutionDashboard.Fleet;

namespace ExecutionDashboard.Operations.Risk;

/// <summary>What an operator gave with a command. The services that send ask for it, not only the dialogs: a command of high risk is not sent without a reason and the typed name.</summary>
/// <param name="Reason">Why, in the operator's words; may be empty.</param>
/// <param name="Typed">The name of what the command is for, as the operator typed it; may be empty.</param>
public sealed record Confirmation(string Reason = "", string Typed = "")
{
    /// <summary>Nothing was asked for.</summary>
    public static Confirmation None { get; } = new();

    /// <summary>What is to be typed for several things at once: <c>Stop 1,234</c>.</summary>
    public static string Phrase(string verb, int count) => string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{verb} {count:#,0}");

    /// <summary>Why it is not enough, one sentence; empty when it is.</summary>
    /// <param name="risk">The risk of the command.</param>
    /// <param name="name">The name to type.</param>
    public string WhyNot(CommandRisk risk, string name) =>
        risk < CommandRisk.High ? ""
        : Reason.Trim().Length == 0 ? "It needs a reason."
        : !Typed.Trim().Equals(name.Trim(), StringComparison.OrdinalIgnoreCase) ? $"It needs {PlainText.Of(name)} to be typed to confirm it."
        : "";
}
