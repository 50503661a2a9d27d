namespace ExecutionDashboard.Benchmarks.Figures;

/// <summary>One measured figure.</summary>
/// <param name="Part">The run that measured it.</param>
/// <param name="What">What was measured.</param>
/// <param name="Value">The figure.</param>
/// <param name="Unit">Its unit.</param>
/// <param name="Budget">What it should keep to; null where nothing is promised.</param>
/// <param name="IsRate">More is better.</param>
public sealed record Figure(string Part, string What, double Value, string Unit, double? Budget = null, bool IsRate = false)
{
    /// <summary>The figure as a share of what the budget allows: above 1 it is missed. Null without a budget.</summary>
    public double? Ratio => Budget is not { } budget ? null : IsRate ? (Value > 0 ? budget / Value : double.PositiveInfinity) : Value / budget;

    /// <summary>The budget is kept, or there is none.</summary>
    public bool IsKept => Ratio is null or <= 1;
}
