using Xunit.v3;

namespace Parley.Server.Tests.Support;

/// <summary>Names the numbered rules of real client programs that a test proves.</summary>
[AttributeUsage(AttributeTargets.Method, AllowMultiple = true)]
public sealed class ClientRuleAttribute(int number) : Attribute, ITraitAttribute
{
    public int Number => number;

    public IReadOnlyCollection<KeyValuePair<string, string>> GetTraits() => [new("client rule", $"{number}")];
}
