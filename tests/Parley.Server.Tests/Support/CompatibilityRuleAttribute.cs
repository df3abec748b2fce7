using Xunit.v3;

namespace Parley.Server.Tests.Support;

/// <summary>Names the client-compatibility rules (protocol 25) that a test proves.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class CompatibilityRuleAttribute(int number) : Attribute, ITraitAttribute
{
    public int Number => number;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("compatibility rule", $"{number}")];
}
