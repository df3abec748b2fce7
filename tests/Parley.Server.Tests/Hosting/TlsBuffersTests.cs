using System.Security.Cryptography;
using Parley.Server.Hosting;

namespace Parley.Server.Tests.Hosting;

public sealed class TlsBuffersTests
{
    // A new runtime or library may hide what is reached for: then each idle TLS socket costs 32 kB more, and somebody should look.
    [Fact]
    public void On_Linux_with_OpenSSL_3_idle_buffers_are_given_back() =>
        Assert.Equal(OperatingSystem.IsLinux() && SafeEvpPKeyHandle.OpenSslVersion >> 28 == 3, TlsBuffers.CanRelease);
}
