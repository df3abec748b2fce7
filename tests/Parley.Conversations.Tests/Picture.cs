using System.Collections;
using System.Reflection;
using System.Text;

namespace Parley.Conversations.Tests;

/// <summary>
/// A value as text, by structure: two states are equal exactly when their pictures are. Every public property counts, so
/// a member added later is compared without anybody remembering it.
/// </summary>
internal static class Picture
{
    private static readonly Dictionary<Type, PropertyInfo[]> Properties = [];

    public static string Of(object? value)
    {
        var text = new StringBuilder();
        lock (Properties) Append(text, value);
        return text.ToString();
    }

    private static void Append(StringBuilder text, object? value)
    {
        switch (value)
        {
            case null: text.Append('-'); break;
            case string s: text.Append('"').Append(s).Append('"'); break;
            case byte[] bytes: text.Append(Convert.ToHexString(bytes)); break;
            case ContentLog log: AppendAll(text, log.Newest(int.MaxValue).Select(e => $"{e.Sequence} {e.OriginatorId} {e.Audience} {e.Count}")); break;
            case IEnumerable items: AppendAll(text, items); break;
            case IFormattable simple: text.Append(simple); break;
            case bool flag: text.Append(flag); break;
            default: AppendMembers(text, value); break;
        }
    }

    private static void AppendAll(StringBuilder text, IEnumerable items)
    {
        text.Append('[');
        foreach (var item in items)
        {
            Append(text, item);
            text.Append(", ");
        }

        text.Append(']');
    }

    private static void AppendMembers(StringBuilder text, object value)
    {
        var type = value.GetType();
        if (!Properties.TryGetValue(type, out var properties))
            Properties[type] = properties = [.. type.GetProperties(BindingFlags.Instance | BindingFlags.Public).Where(p => p.GetIndexParameters().Length == 0)];

        text.Append(type.Name).Append('{');
        foreach (var property in properties)
        {
            text.Append(property.Name).Append(": ");
            Append(text, property.GetValue(value));
            text.Append(", ");
        }

        text.Append('}');
    }
}
