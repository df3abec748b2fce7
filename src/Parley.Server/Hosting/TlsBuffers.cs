using System.Net.Security;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;

namespace Parley.Server.Hosting;

/// <summary>
/// Lets OpenSSL give back its record buffers while a connection is idle (<c>SSL_MODE_RELEASE_BUFFERS</c>, as web servers do):
/// without it each connection keeps 32 kB for its whole life. The framework has no option for that, so this reaches for its
/// handle; where the handle or the library is not what is known here, nothing is done and nothing but memory is lost.
/// </summary>
internal static class TlsBuffers
{
    private const string Library = "libssl.so.3";
    private const int KnownMajor = 3;
    private const int SetMode = 33;
    private const int ReleaseBuffers = 0x10;

    private static readonly FieldInfo? Handle = Find();

    /// <summary>Whether this runtime and its library are the ones known here.</summary>
    public static bool CanRelease => Handle is not null;

    /// <summary>To be called after the handshake, while nobody reads or writes.</summary>
    public static void ReleaseWhenIdle(SslStream tls)
    {
        if (Handle?.GetValue(tls) is SafeHandle { IsInvalid: false, IsClosed: false } ssl) _ = Control(ssl, SetMode, ReleaseBuffers, 0);
    }

    private static FieldInfo? Find()
    {
        if (!OperatingSystem.IsLinux() || SafeEvpPKeyHandle.OpenSslVersion >> 28 != KnownMajor || !NativeLibrary.TryLoad(Library, out _)) return null;
        var handle = typeof(SslStream).GetField("_securityContext", BindingFlags.Instance | BindingFlags.NonPublic);
        // An OpenSSL handle, whose value is the SSL structure; its base is all that the field's type says.
        var isKnown = handle?.FieldType.Assembly.GetType("Microsoft.Win32.SafeHandles.SafeSslHandle")?.IsSubclassOf(handle.FieldType) == true
            && handle.FieldType.IsSubclassOf(typeof(SafeHandle));
        return isKnown ? handle : null;
    }

    [DllImport(Library, EntryPoint = "SSL_ctrl")]
    private static extern nint Control(SafeHandle ssl, int command, nint argument, nint pointer);
}
