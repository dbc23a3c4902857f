// SPDX-License-Identifier: MIT
#ifndef CRIA_GPU_KERNELS_DEQUANTIZE_PTX_HPP
#define CRIA_GPU_KERNELS_DEQUANTIZE_PTX_HPP

#include "cria/base/tensor_type.hpp"

// PTX of dequantize.cuh. Written by tools/gpu/make_ptx.py with NVRTC 12.0 from
//   2fca399638036597e1013c9389018a182e4f6c1dd5a775696fa6c876afa4cce2 include/cria/gpu/kernels/dequantize.cuh
//   3b099e34e572bf163f3aa4a6e8d8b86f132f4ad250cf05b4db87ce28749dcae1 include/cria/gpu/kernels/dequantize_launch.hpp
//   2b4841d7dc930a8da6b778a82dfc2cc03a410b18cfb0f7bd8f05a9c1873e489a include/cria/gpu/kernels/octets.cuh
//   c88b2c4a260dd062e55961d7f8da19eb9ee713774121055469b02c28ed5cbe91 include/cria/quant/codebooks.hpp
//   d8b6423358b10880f2e6b83aff3f48f06afeff642a51952a967527b2d2a039c5 tools/gpu/make_ptx.py

namespace cria::inline v0::gpu::kernels {

// clang-format off
struct dequantize_program {
    tensor_type type;
    const char* ptx;
};
/// The entry is cria_dequantize_, and the type's name.
inline constexpr dequantize_program dequantize_ptx[] = {
{tensor_type::f32, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_f32(
.param .u64 cria_dequantize_f32_param_0,
.param .u64 cria_dequantize_f32_param_1,
.param .u64 cria_dequantize_f32_param_2,
.param .u32 cria_dequantize_f32_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<61>;
.reg .b16 %rs<3>;
.reg .f32 %f<29>;
.reg .b32 %r<297>;
.reg .b64 %rd<105>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format3f32EEEvPKhyPhjE4tile[16400];
ld.param.u64 %rd21, [cria_dequantize_f32_param_0];
ld.param.u64 %rd22, [cria_dequantize_f32_param_1];
ld.param.u64 %rd23, [cria_dequantize_f32_param_2];
ld.param.u32 %r79, [cria_dequantize_f32_param_3];
shr.u64 %rd24,%rd22,12;
and.b64 %rd25,%rd22,4095;
setp.ne.s64 %p2,%rd25,0;
selp.u64 %rd26,1,0,%p2;
add.s64 %rd1,%rd24,%rd26;
mov.u32 %r80,%ctaid.x;
cvt.u64.u32 %rd104,%r80;
setp.le.u64 %p3,%rd1,%rd104;
@%p3 bra $L__BB0_76;
and.b64 %rd3,%rd23,15;
setp.eq.s32 %p4,%r79,0;
selp.b64 %rd4,4,2,%p4;
mov.u32 %r1,%tid.x;
shl.b32 %r2,%r1,3;
add.s32 %r81,%r1,1;
and.b32 %r3,%r1,1;
shl.b32 %r82,%r1,2;
and.b32 %r83,%r82,4;
neg.s32 %r84,%r83;
cvt.s64.s32 %rd5,%r84;
add.s32 %r4,%r1,512;
mul.wide.u32 %rd27,%r81,4;
mov.u64 %rd28, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format3f32EEEvPKhyPhjE4tile;
add.s64 %rd6,%rd28,%rd27;
add.s32 %r85,%r1,257;
add.s32 %r5,%r1,768;
mul.wide.u32 %rd29,%r85,4;
add.s64 %rd7,%rd28,%rd29;
add.s32 %r86,%r1,513;
mul.wide.u32 %rd30,%r86,4;
add.s64 %rd8,%rd28,%rd30;
mul.wide.u32 %rd31,%r4,16;
add.s64 %rd9,%rd28,%rd31;
mul.wide.u32 %rd32,%r5,16;
add.s64 %rd10,%rd28,%rd32;
$L__BB0_2:
shl.b64 %rd12,%rd104,12;
sub.s64 %rd33,%rd22,%rd12;
min.u64 %rd34,%rd33,4096;
cvt.u32.u64 %r6,%rd34;
shl.b64 %rd13,%rd104,14;
add.s64 %rd14,%rd21,%rd13;
shl.b32 %r7,%r6,2;
and.b64 %rd35,%rd14,15;
setp.eq.s64 %p5,%rd35,0;
@%p5 bra $L__BB0_14;
cvt.u32.u64 %r87,%rd14;
and.b32 %r8,%r87,3;
add.s32 %r88,%r7,%r8;
setp.lt.u32 %p6,%r88,8;
add.s32 %r89,%r88, -4;
shr.u32 %r90,%r89,2;
selp.b32 %r9,1,%r90,%p6;
mov.u32 %r91,%tid.x;
add.s32 %r273,%r91,1;
setp.ge.u32 %p7,%r273,%r9;
@%p7 bra $L__BB0_11;
cvt.u64.u32 %rd36,%r8;
sub.s64 %rd37,%rd13,%rd36;
add.s64 %rd15,%rd21,%rd37;
shl.b32 %r10,%r8,3;
mov.u32 %r94, -2;
sub.s32 %r95,%r94,%r91;
add.s32 %r11,%r95,%r9;
shr.u32 %r96,%r11,8;
add.s32 %r97,%r96,1;
and.b32 %r12,%r97,3;
setp.eq.s32 %p8,%r12,0;
@%p8 bra $L__BB0_8;
add.s32 %r105,%r91,1;
mul.wide.u32 %rd40,%r105,4;
add.s64 %rd38,%rd15,%rd40;
ld.global.nc.u32 %r98, [%rd38];
add.s64 %rd39,%rd38,4;
ld.global.nc.u32 %r99, [%rd39];
shf.r.wrap.b32 %r100,%r98,%r99,%r10;
st.shared.u32 [%rd6],%r100;
add.s32 %r273,%r91,257;
setp.eq.s32 %p9,%r12,1;
@%p9 bra $L__BB0_8;
add.s32 %r113,%r91,257;
mul.wide.u32 %rd43,%r113,4;
add.s64 %rd41,%rd15,%rd43;
ld.global.nc.u32 %r106, [%rd41];
add.s64 %rd42,%rd41,4;
ld.global.nc.u32 %r107, [%rd42];
shf.r.wrap.b32 %r108,%r106,%r107,%r10;
st.shared.u32 [%rd7],%r108;
add.s32 %r273,%r91,513;
setp.eq.s32 %p10,%r12,2;
@%p10 bra $L__BB0_8;
add.s32 %r121,%r91,513;
mul.wide.u32 %rd46,%r121,4;
add.s64 %rd44,%rd15,%rd46;
ld.global.nc.u32 %r114, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r115, [%rd45];
shf.r.wrap.b32 %r116,%r114,%r115,%r10;
st.shared.u32 [%rd8],%r116;
add.s32 %r273,%r91,769;
$L__BB0_8:
setp.lt.u32 %p11,%r11,768;
@%p11 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd55,%r273,4;
add.s64 %rd47,%rd15,%rd55;
ld.global.nc.u32 %r122, [%rd47];
add.s64 %rd48,%rd47,4;
ld.global.nc.u32 %r123, [%rd48];
shf.r.wrap.b32 %r124,%r122,%r123,%r10;
add.s64 %rd57,%rd28,%rd55;
st.shared.u32 [%rd57],%r124;
add.s32 %r146,%r273,256;
mul.wide.u32 %rd58,%r146,4;
add.s64 %rd49,%rd15,%rd58;
ld.global.nc.u32 %r128, [%rd49];
add.s64 %rd50,%rd49,4;
ld.global.nc.u32 %r129, [%rd50];
shf.r.wrap.b32 %r130,%r128,%r129,%r10;
add.s64 %rd59,%rd28,%rd58;
st.shared.u32 [%rd59],%r130;
add.s32 %r147,%r273,512;
mul.wide.u32 %rd60,%r147,4;
add.s64 %rd51,%rd15,%rd60;
ld.global.nc.u32 %r134, [%rd51];
add.s64 %rd52,%rd51,4;
ld.global.nc.u32 %r135, [%rd52];
shf.r.wrap.b32 %r136,%r134,%r135,%r10;
add.s64 %rd61,%rd28,%rd60;
st.shared.u32 [%rd61],%r136;
add.s32 %r148,%r273,768;
mul.wide.u32 %rd62,%r148,4;
add.s64 %rd53,%rd15,%rd62;
ld.global.nc.u32 %r140, [%rd53];
add.s64 %rd54,%rd53,4;
ld.global.nc.u32 %r141, [%rd54];
shf.r.wrap.b32 %r142,%r140,%r141,%r10;
add.s64 %rd63,%rd28,%rd62;
st.shared.u32 [%rd63],%r142;
add.s32 %r273,%r273,1024;
setp.lt.u32 %p12,%r273,%r9;
@%p12 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p13,%r1,15;
@%p13 bra $L__BB0_32;
setp.lt.u32 %p14,%r91,4;
shl.b32 %r150,%r9,2;
add.s32 %r151,%r91,%r150;
add.s32 %r152,%r151, -4;
selp.b32 %r20,%r91,%r152,%p14;
setp.ge.u32 %p15,%r20,%r7;
@%p15 bra $L__BB0_32;
cvt.u64.u32 %rd64,%r20;
add.s64 %rd65,%rd13,%rd64;
cvta.to.global.u64 %rd66,%rd21;
add.s64 %rd67,%rd66,%rd65;
ld.global.u8 %rs1, [%rd67];
add.s64 %rd69,%rd28,%rd64;
st.shared.u8 [%rd69],%rs1;
bra.uni $L__BB0_32;
$L__BB0_14:
shr.u32 %r21,%r6,2;
setp.ge.u32 %p16,%r1,%r21;
@%p16 bra $L__BB0_16;
mov.u32 %r158,%tid.x;
mul.wide.u32 %rd71,%r158,16;
add.s64 %rd70,%rd14,%rd71;
ld.global.nc.v4.u32 {%r278,%r277,%r276,%r275}, [%rd70];
$L__BB0_16:
mov.u32 %r160,%tid.x;
add.s32 %r161,%r160,256;
setp.ge.u32 %p17,%r161,%r21;
@%p17 bra $L__BB0_18;
mul.wide.u32 %rd73,%r160,16;
add.s64 %rd74,%rd14,%rd73;
add.s64 %rd72,%rd74,4096;
ld.global.nc.v4.u32 {%r282,%r281,%r280,%r279}, [%rd72];
$L__BB0_18:
setp.ge.u32 %p18,%r4,%r21;
@%p18 bra $L__BB0_20;
mul.wide.u32 %rd76,%r160,16;
add.s64 %rd77,%rd14,%rd76;
add.s64 %rd75,%rd77,8192;
ld.global.nc.v4.u32 {%r286,%r285,%r284,%r283}, [%rd75];
$L__BB0_20:
setp.ge.u32 %p19,%r5,%r21;
@%p19 bra $L__BB0_22;
mul.wide.u32 %rd79,%r160,16;
add.s64 %rd80,%rd14,%rd79;
add.s64 %rd78,%rd80,12288;
ld.global.nc.v4.u32 {%r287,%r288,%r289,%r290}, [%rd78];
$L__BB0_22:
@%p16 bra $L__BB0_24;
mul.wide.u32 %rd81,%r160,16;
add.s64 %rd83,%rd28,%rd81;
st.shared.v4.u32 [%rd83], {%r278,%r277,%r276,%r275};
$L__BB0_24:
@%p17 bra $L__BB0_26;
mul.wide.u32 %rd84,%r161,16;
add.s64 %rd86,%rd28,%rd84;
st.shared.v4.u32 [%rd86], {%r282,%r281,%r280,%r279};
$L__BB0_26:
@%p18 bra $L__BB0_28;
st.shared.v4.u32 [%rd9], {%r286,%r285,%r284,%r283};
$L__BB0_28:
@%p19 bra $L__BB0_30;
st.shared.v4.u32 [%rd10], {%r287,%r288,%r289,%r290};
$L__BB0_30:
and.b32 %r184,%r7,12;
setp.ge.u32 %p24,%r1,%r184;
@%p24 bra $L__BB0_32;
and.b32 %r185,%r7,32752;
add.s32 %r186,%r185,%r1;
cvt.u64.u32 %rd87,%r186;
add.s64 %rd88,%rd13,%rd87;
cvta.to.global.u64 %rd89,%rd21;
add.s64 %rd90,%rd89,%rd88;
ld.global.u8 %rs2, [%rd90];
add.s64 %rd92,%rd28,%rd87;
st.shared.u8 [%rd92],%rs2;
$L__BB0_32:
setp.eq.s64 %p25,%rd3,0;
bar.sync 0;
setp.eq.s32 %p26,%r6,4096;
and.pred %p1,%p25,%p26;
setp.ge.u32 %p27,%r2,%r6;
@%p27 bra $L__BB0_75;
mul.lo.s64 %rd93,%rd12,%rd4;
cvta.to.global.u64 %rd94,%rd23;
add.s64 %rd16,%rd94,%rd93;
mov.u32 %r291,%r2;
mov.u32 %r292,%r1;
$L__BB0_34:
.pragma "nounroll";
shl.b32 %r187,%r292,5;
cvt.u64.u32 %rd95,%r187;
add.s64 %rd97,%rd28,%rd95;
ld.shared.v4.u32 {%r188,%r189,%r190,%r191}, [%rd97];
ld.shared.v4.u32 {%r192,%r193,%r194,%r195}, [%rd97+16];
sub.s32 %r64,%r6,%r291;
@%p4 bra $L__BB0_37;
setp.ne.s32 %p29,%r79,1;
@%p29 bra $L__BB0_55;
mov.b32 %f1,%r188;
mov.b32 %f2,%r189;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f1;
cvt.rn.f16.f32 upper,%f2;
mov.b32 %r293, {lower, upper};
}
mov.b32 %f4,%r191;
mov.b32 %f3,%r190;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f3;
cvt.rn.f16.f32 upper,%f4;
mov.b32 %r294, {lower, upper};
}
mov.b32 %f6,%r193;
mov.b32 %f5,%r192;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f5;
cvt.rn.f16.f32 upper,%f6;
mov.b32 %r295, {lower, upper};
}
mov.b32 %f8,%r195;
mov.b32 %f7,%r194;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f7;
cvt.rn.f16.f32 upper,%f8;
mov.b32 %r296, {lower, upper};
}
bra.uni $L__BB0_56;
$L__BB0_37:
cvt.u64.u32 %rd17,%r291;
@%p1 bra $L__BB0_54;
bra.uni $L__BB0_38;
$L__BB0_54:
setp.ne.s32 %p38,%r3,0;
selp.b32 %r200,%r188,%r192,%p38;
mov.u32 %r201,31;
mov.u32 %r202,1;
mov.u32 %r203, -1;
shfl.sync.bfly.b32 %r204|%p39,%r200,%r202,%r201,%r203;
mov.b32 %f9,%r204;
mov.b32 %f10,%r188;
mov.b32 %f11,%r192;
selp.b32 %r205,%r189,%r193,%p38;
shfl.sync.bfly.b32 %r206|%p40,%r205,%r202,%r201,%r203;
mov.b32 %f12,%r206;
mov.b32 %f13,%r189;
mov.b32 %f14,%r193;
selp.b32 %r207,%r190,%r194,%p38;
shfl.sync.bfly.b32 %r208|%p41,%r207,%r202,%r201,%r203;
mov.b32 %f15,%r208;
mov.b32 %f16,%r190;
mov.b32 %f17,%r194;
selp.b32 %r209,%r191,%r195,%p38;
shfl.sync.bfly.b32 %r210|%p42,%r209,%r202,%r201,%r203;
mov.b32 %f18,%r210;
mov.b32 %f19,%r191;
mov.b32 %f20,%r195;
add.s64 %rd99,%rd17,%rd5;
shl.b64 %rd100,%rd99,2;
add.s64 %rd101,%rd16,%rd100;
selp.f32 %f21,%f9,%f10,%p38;
selp.f32 %f22,%f12,%f13,%p38;
selp.f32 %f23,%f15,%f16,%p38;
selp.f32 %f24,%f18,%f19,%p38;
st.global.v4.f32 [%rd101], {%f21,%f22,%f23,%f24};
selp.f32 %f25,%f11,%f9,%p38;
selp.f32 %f26,%f14,%f12,%p38;
selp.f32 %f27,%f17,%f15,%p38;
selp.f32 %f28,%f20,%f18,%p38;
st.global.v4.f32 [%rd101+32], {%f25,%f26,%f27,%f28};
bra.uni $L__BB0_74;
$L__BB0_55:
and.b32 %r211,%r188,2147483647;
setp.gt.u32 %p43,%r211,2139095040;
shr.u32 %r212,%r188,16;
and.b32 %r213,%r212,1;
add.s32 %r214,%r188,%r213;
add.s32 %r215,%r214,32767;
or.b32 %r216,%r188,4194304;
selp.b32 %r217,%r216,%r215,%p43;
and.b32 %r218,%r189,2147483647;
setp.gt.u32 %p44,%r218,2139095040;
shr.u32 %r219,%r189,16;
and.b32 %r220,%r219,1;
add.s32 %r221,%r189,%r220;
add.s32 %r222,%r221,32767;
or.b32 %r223,%r189,4194304;
selp.b32 %r224,%r223,%r222,%p44;
mov.u32 %r225,30258;
prmt.b32 %r293,%r217,%r224,%r225;
and.b32 %r226,%r190,2147483647;
setp.gt.u32 %p45,%r226,2139095040;
shr.u32 %r227,%r190,16;
and.b32 %r228,%r227,1;
add.s32 %r229,%r190,%r228;
add.s32 %r230,%r229,32767;
or.b32 %r231,%r190,4194304;
selp.b32 %r232,%r231,%r230,%p45;
and.b32 %r233,%r191,2147483647;
setp.gt.u32 %p46,%r233,2139095040;
shr.u32 %r234,%r191,16;
and.b32 %r235,%r234,1;
add.s32 %r236,%r191,%r235;
add.s32 %r237,%r236,32767;
or.b32 %r238,%r191,4194304;
selp.b32 %r239,%r238,%r237,%p46;
prmt.b32 %r294,%r232,%r239,%r225;
and.b32 %r240,%r192,2147483647;
setp.gt.u32 %p47,%r240,2139095040;
shr.u32 %r241,%r192,16;
and.b32 %r242,%r241,1;
add.s32 %r243,%r192,%r242;
add.s32 %r244,%r243,32767;
or.b32 %r245,%r192,4194304;
selp.b32 %r246,%r245,%r244,%p47;
and.b32 %r247,%r193,2147483647;
setp.gt.u32 %p48,%r247,2139095040;
shr.u32 %r248,%r193,16;
and.b32 %r249,%r248,1;
add.s32 %r250,%r193,%r249;
add.s32 %r251,%r250,32767;
or.b32 %r252,%r193,4194304;
selp.b32 %r253,%r252,%r251,%p48;
prmt.b32 %r295,%r246,%r253,%r225;
and.b32 %r254,%r194,2147483647;
setp.gt.u32 %p49,%r254,2139095040;
shr.u32 %r255,%r194,16;
and.b32 %r256,%r255,1;
add.s32 %r257,%r194,%r256;
add.s32 %r258,%r257,32767;
or.b32 %r259,%r194,4194304;
selp.b32 %r260,%r259,%r258,%p49;
and.b32 %r261,%r195,2147483647;
setp.gt.u32 %p50,%r261,2139095040;
shr.u32 %r262,%r195,16;
and.b32 %r263,%r262,1;
add.s32 %r264,%r195,%r263;
add.s32 %r265,%r264,32767;
or.b32 %r266,%r195,4194304;
selp.b32 %r267,%r266,%r265,%p50;
prmt.b32 %r296,%r260,%r267,%r225;
$L__BB0_56:
mul.wide.u32 %rd102,%r291,2;
add.s64 %rd19,%rd16,%rd102;
@%p1 bra $L__BB0_73;
bra.uni $L__BB0_57;
$L__BB0_73:
st.global.v4.u32 [%rd19], {%r293,%r294,%r295,%r296};
bra.uni $L__BB0_74;
$L__BB0_57:
setp.eq.s32 %p51,%r64,0;
@%p51 bra $L__BB0_59;
st.global.u16 [%rd19],%r293;
$L__BB0_59:
setp.lt.u32 %p52,%r64,2;
@%p52 bra $L__BB0_61;
shr.u32 %r268,%r293,16;
st.global.u16 [%rd19+2],%r268;
$L__BB0_61:
setp.lt.u32 %p53,%r64,3;
@%p53 bra $L__BB0_63;
st.global.u16 [%rd19+4],%r294;
$L__BB0_63:
setp.lt.u32 %p54,%r64,4;
@%p54 bra $L__BB0_65;
shr.u32 %r269,%r294,16;
st.global.u16 [%rd19+6],%r269;
$L__BB0_65:
setp.lt.u32 %p55,%r64,5;
@%p55 bra $L__BB0_67;
st.global.u16 [%rd19+8],%r295;
$L__BB0_67:
setp.lt.u32 %p56,%r64,6;
@%p56 bra $L__BB0_69;
shr.u32 %r270,%r295,16;
st.global.u16 [%rd19+10],%r270;
$L__BB0_69:
setp.lt.u32 %p57,%r64,7;
@%p57 bra $L__BB0_71;
st.global.u16 [%rd19+12],%r296;
$L__BB0_71:
setp.lt.u32 %p58,%r64,8;
@%p58 bra $L__BB0_74;
shr.u32 %r271,%r296,16;
st.global.u16 [%rd19+14],%r271;
bra.uni $L__BB0_74;
$L__BB0_38:
setp.eq.s32 %p30,%r64,0;
shl.b64 %rd98,%rd17,2;
add.s64 %rd18,%rd16,%rd98;
@%p30 bra $L__BB0_40;
st.global.u32 [%rd18],%r188;
$L__BB0_40:
setp.lt.u32 %p31,%r64,2;
@%p31 bra $L__BB0_42;
st.global.u32 [%rd18+4],%r189;
$L__BB0_42:
setp.lt.u32 %p32,%r64,3;
@%p32 bra $L__BB0_44;
st.global.u32 [%rd18+8],%r190;
$L__BB0_44:
setp.lt.u32 %p33,%r64,4;
@%p33 bra $L__BB0_46;
st.global.u32 [%rd18+12],%r191;
$L__BB0_46:
setp.lt.u32 %p34,%r64,5;
@%p34 bra $L__BB0_48;
st.global.u32 [%rd18+16],%r192;
$L__BB0_48:
setp.lt.u32 %p35,%r64,6;
@%p35 bra $L__BB0_50;
st.global.u32 [%rd18+20],%r193;
$L__BB0_50:
setp.lt.u32 %p36,%r64,7;
@%p36 bra $L__BB0_52;
st.global.u32 [%rd18+24],%r194;
$L__BB0_52:
setp.lt.u32 %p37,%r64,8;
@%p37 bra $L__BB0_74;
st.global.u32 [%rd18+28],%r195;
$L__BB0_74:
add.s32 %r292,%r292,256;
shl.b32 %r291,%r292,3;
setp.lt.u32 %p59,%r291,%r6;
@%p59 bra $L__BB0_34;
$L__BB0_75:
bar.sync 0;
mov.u32 %r272,%nctaid.x;
cvt.u64.u32 %rd103,%r272;
add.s64 %rd104,%rd104,%rd103;
setp.lt.u64 %p60,%rd104,%rd1;
@%p60 bra $L__BB0_2;
$L__BB0_76:
ret;
}
)ptx"},
{tensor_type::f16, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_f16(
.param .u64 cria_dequantize_f16_param_0,
.param .u64 cria_dequantize_f16_param_1,
.param .u64 cria_dequantize_f16_param_2,
.param .u32 cria_dequantize_f16_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<61>;
.reg .b16 %rs<11>;
.reg .f32 %f<37>;
.reg .b32 %r<308>;
.reg .b64 %rd<107>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format3f16EEEvPKhyPhjE4tile[16400];
ld.param.u64 %rd19, [cria_dequantize_f16_param_0];
ld.param.u64 %rd20, [cria_dequantize_f16_param_1];
ld.param.u64 %rd21, [cria_dequantize_f16_param_2];
ld.param.u32 %r78, [cria_dequantize_f16_param_3];
shr.u64 %rd22,%rd20,13;
and.b64 %rd23,%rd20,8191;
setp.ne.s64 %p2,%rd23,0;
selp.u64 %rd24,1,0,%p2;
add.s64 %rd1,%rd22,%rd24;
mov.u32 %r79,%ctaid.x;
cvt.u64.u32 %rd106,%r79;
setp.le.u64 %p3,%rd1,%rd106;
@%p3 bra $L__BB0_76;
and.b64 %rd3,%rd21,15;
setp.eq.s32 %p4,%r78,0;
selp.b64 %rd4,4,2,%p4;
mov.u32 %r1,%tid.x;
shl.b32 %r2,%r1,3;
add.s32 %r80,%r1,1;
and.b32 %r3,%r1,1;
shl.b32 %r81,%r1,2;
and.b32 %r82,%r81,4;
neg.s32 %r83,%r82;
cvt.s64.s32 %rd5,%r83;
add.s32 %r4,%r1,512;
mul.wide.u32 %rd25,%r80,4;
mov.u64 %rd26, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format3f16EEEvPKhyPhjE4tile;
add.s64 %rd6,%rd26,%rd25;
add.s32 %r84,%r1,257;
mul.wide.u32 %rd27,%r84,4;
add.s64 %rd7,%rd26,%rd27;
add.s32 %r85,%r1,513;
mul.wide.u32 %rd28,%r85,4;
add.s64 %rd8,%rd26,%rd28;
$L__BB0_2:
shl.b64 %rd10,%rd106,13;
sub.s64 %rd29,%rd20,%rd10;
min.u64 %rd30,%rd29,8192;
cvt.u32.u64 %r5,%rd30;
shl.b64 %rd11,%rd106,14;
add.s64 %rd12,%rd19,%rd11;
shl.b32 %r6,%r5,1;
and.b64 %rd31,%rd12,15;
setp.eq.s64 %p5,%rd31,0;
@%p5 bra $L__BB0_14;
cvt.u32.u64 %r86,%rd12;
and.b32 %r7,%r86,3;
add.s32 %r87,%r6,%r7;
setp.lt.u32 %p6,%r87,8;
add.s32 %r88,%r87, -4;
shr.u32 %r89,%r88,2;
selp.b32 %r8,1,%r89,%p6;
mov.u32 %r90,%tid.x;
add.s32 %r284,%r90,1;
setp.ge.u32 %p7,%r284,%r8;
@%p7 bra $L__BB0_11;
cvt.u64.u32 %rd32,%r7;
sub.s64 %rd33,%rd11,%rd32;
add.s64 %rd13,%rd19,%rd33;
shl.b32 %r9,%r7,3;
mov.u32 %r93, -2;
sub.s32 %r94,%r93,%r90;
add.s32 %r10,%r94,%r8;
shr.u32 %r95,%r10,8;
add.s32 %r96,%r95,1;
and.b32 %r11,%r96,3;
setp.eq.s32 %p8,%r11,0;
@%p8 bra $L__BB0_8;
add.s32 %r104,%r90,1;
mul.wide.u32 %rd36,%r104,4;
add.s64 %rd34,%rd13,%rd36;
ld.global.nc.u32 %r97, [%rd34];
add.s64 %rd35,%rd34,4;
ld.global.nc.u32 %r98, [%rd35];
shf.r.wrap.b32 %r99,%r97,%r98,%r9;
st.shared.u32 [%rd6],%r99;
add.s32 %r284,%r90,257;
setp.eq.s32 %p9,%r11,1;
@%p9 bra $L__BB0_8;
add.s32 %r112,%r90,257;
mul.wide.u32 %rd39,%r112,4;
add.s64 %rd37,%rd13,%rd39;
ld.global.nc.u32 %r105, [%rd37];
add.s64 %rd38,%rd37,4;
ld.global.nc.u32 %r106, [%rd38];
shf.r.wrap.b32 %r107,%r105,%r106,%r9;
st.shared.u32 [%rd7],%r107;
add.s32 %r284,%r90,513;
setp.eq.s32 %p10,%r11,2;
@%p10 bra $L__BB0_8;
add.s32 %r120,%r90,513;
mul.wide.u32 %rd42,%r120,4;
add.s64 %rd40,%rd13,%rd42;
ld.global.nc.u32 %r113, [%rd40];
add.s64 %rd41,%rd40,4;
ld.global.nc.u32 %r114, [%rd41];
shf.r.wrap.b32 %r115,%r113,%r114,%r9;
st.shared.u32 [%rd8],%r115;
add.s32 %r284,%r90,769;
$L__BB0_8:
setp.lt.u32 %p11,%r10,768;
@%p11 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd51,%r284,4;
add.s64 %rd43,%rd13,%rd51;
ld.global.nc.u32 %r121, [%rd43];
add.s64 %rd44,%rd43,4;
ld.global.nc.u32 %r122, [%rd44];
shf.r.wrap.b32 %r123,%r121,%r122,%r9;
add.s64 %rd53,%rd26,%rd51;
st.shared.u32 [%rd53],%r123;
add.s32 %r145,%r284,256;
mul.wide.u32 %rd54,%r145,4;
add.s64 %rd45,%rd13,%rd54;
ld.global.nc.u32 %r127, [%rd45];
add.s64 %rd46,%rd45,4;
ld.global.nc.u32 %r128, [%rd46];
shf.r.wrap.b32 %r129,%r127,%r128,%r9;
add.s64 %rd55,%rd26,%rd54;
st.shared.u32 [%rd55],%r129;
add.s32 %r146,%r284,512;
mul.wide.u32 %rd56,%r146,4;
add.s64 %rd47,%rd13,%rd56;
ld.global.nc.u32 %r133, [%rd47];
add.s64 %rd48,%rd47,4;
ld.global.nc.u32 %r134, [%rd48];
shf.r.wrap.b32 %r135,%r133,%r134,%r9;
add.s64 %rd57,%rd26,%rd56;
st.shared.u32 [%rd57],%r135;
add.s32 %r147,%r284,768;
mul.wide.u32 %rd58,%r147,4;
add.s64 %rd49,%rd13,%rd58;
ld.global.nc.u32 %r139, [%rd49];
add.s64 %rd50,%rd49,4;
ld.global.nc.u32 %r140, [%rd50];
shf.r.wrap.b32 %r141,%r139,%r140,%r9;
add.s64 %rd59,%rd26,%rd58;
st.shared.u32 [%rd59],%r141;
add.s32 %r284,%r284,1024;
setp.lt.u32 %p12,%r284,%r8;
@%p12 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p13,%r1,15;
@%p13 bra $L__BB0_32;
setp.lt.u32 %p14,%r90,4;
shl.b32 %r149,%r8,2;
add.s32 %r150,%r90,%r149;
add.s32 %r151,%r150, -4;
selp.b32 %r19,%r90,%r151,%p14;
setp.ge.u32 %p15,%r19,%r6;
@%p15 bra $L__BB0_32;
cvt.u64.u32 %rd60,%r19;
add.s64 %rd61,%rd11,%rd60;
cvta.to.global.u64 %rd62,%rd19;
add.s64 %rd63,%rd62,%rd61;
ld.global.u8 %rs1, [%rd63];
add.s64 %rd65,%rd26,%rd60;
st.shared.u8 [%rd65],%rs1;
bra.uni $L__BB0_32;
$L__BB0_14:
shr.u32 %r20,%r5,3;
setp.ge.u32 %p16,%r1,%r20;
@%p16 bra $L__BB0_16;
mov.u32 %r157,%tid.x;
mul.wide.u32 %rd67,%r157,16;
add.s64 %rd66,%rd12,%rd67;
ld.global.nc.v4.u32 {%r289,%r288,%r287,%r286}, [%rd66];
$L__BB0_16:
mov.u32 %r159,%tid.x;
add.s32 %r160,%r159,256;
setp.ge.u32 %p17,%r160,%r20;
@%p17 bra $L__BB0_18;
mul.wide.u32 %rd69,%r159,16;
add.s64 %rd70,%rd12,%rd69;
add.s64 %rd68,%rd70,4096;
ld.global.nc.v4.u32 {%r293,%r292,%r291,%r290}, [%rd68];
$L__BB0_18:
setp.ge.u32 %p18,%r4,%r20;
@%p18 bra $L__BB0_20;
mul.wide.u32 %rd72,%r159,16;
add.s64 %rd73,%rd12,%rd72;
add.s64 %rd71,%rd73,8192;
ld.global.nc.v4.u32 {%r297,%r296,%r295,%r294}, [%rd71];
$L__BB0_20:
add.s32 %r174,%r159,768;
setp.ge.u32 %p19,%r174,%r20;
@%p19 bra $L__BB0_22;
mul.wide.u32 %rd75,%r159,16;
add.s64 %rd76,%rd12,%rd75;
add.s64 %rd74,%rd76,12288;
ld.global.nc.v4.u32 {%r298,%r299,%r300,%r301}, [%rd74];
$L__BB0_22:
@%p16 bra $L__BB0_24;
mul.wide.u32 %rd77,%r159,16;
add.s64 %rd79,%rd26,%rd77;
st.shared.v4.u32 [%rd79], {%r289,%r288,%r287,%r286};
$L__BB0_24:
@%p17 bra $L__BB0_26;
mul.wide.u32 %rd80,%r160,16;
add.s64 %rd82,%rd26,%rd80;
st.shared.v4.u32 [%rd82], {%r293,%r292,%r291,%r290};
$L__BB0_26:
@%p18 bra $L__BB0_28;
add.s32 %r186,%r159,512;
mul.wide.u32 %rd83,%r186,16;
add.s64 %rd85,%rd26,%rd83;
st.shared.v4.u32 [%rd85], {%r297,%r296,%r295,%r294};
$L__BB0_28:
@%p19 bra $L__BB0_30;
mul.wide.u32 %rd86,%r174,16;
add.s64 %rd88,%rd26,%rd86;
st.shared.v4.u32 [%rd88], {%r298,%r299,%r300,%r301};
$L__BB0_30:
and.b32 %r191,%r6,14;
setp.ge.u32 %p24,%r1,%r191;
@%p24 bra $L__BB0_32;
and.b32 %r192,%r6,32752;
add.s32 %r193,%r192,%r1;
cvt.u64.u32 %rd89,%r193;
add.s64 %rd90,%rd11,%rd89;
cvta.to.global.u64 %rd91,%rd19;
add.s64 %rd92,%rd91,%rd90;
ld.global.u8 %rs2, [%rd92];
add.s64 %rd94,%rd26,%rd89;
st.shared.u8 [%rd94],%rs2;
$L__BB0_32:
setp.eq.s64 %p25,%rd3,0;
bar.sync 0;
setp.eq.s32 %p26,%r5,8192;
and.pred %p1,%p25,%p26;
setp.ge.u32 %p27,%r2,%r5;
@%p27 bra $L__BB0_75;
mul.lo.s64 %rd95,%rd10,%rd4;
cvta.to.global.u64 %rd96,%rd21;
add.s64 %rd14,%rd96,%rd95;
mov.u32 %r302,%r2;
mov.u32 %r303,%r1;
$L__BB0_34:
.pragma "nounroll";
shl.b32 %r194,%r303,4;
cvt.u64.u32 %rd97,%r194;
add.s64 %rd99,%rd26,%rd97;
ld.shared.v4.u32 {%r195,%r196,%r197,%r198}, [%rd99];
cvt.u16.u32 %rs3,%r195;
cvt.f32.f16 %f9,%rs3;
mov.b32 %r55,%f9;
shr.u32 %r203,%r195,16;
cvt.u16.u32 %rs4,%r203;
cvt.f32.f16 %f10,%rs4;
mov.b32 %r56,%f10;
cvt.u16.u32 %rs5,%r196;
cvt.f32.f16 %f11,%rs5;
mov.b32 %r57,%f11;
shr.u32 %r204,%r196,16;
cvt.u16.u32 %rs6,%r204;
cvt.f32.f16 %f12,%rs6;
mov.b32 %r58,%f12;
cvt.u16.u32 %rs7,%r197;
cvt.f32.f16 %f13,%rs7;
mov.b32 %r59,%f13;
shr.u32 %r205,%r197,16;
cvt.u16.u32 %rs8,%r205;
cvt.f32.f16 %f14,%rs8;
mov.b32 %r60,%f14;
cvt.u16.u32 %rs9,%r198;
cvt.f32.f16 %f15,%rs9;
mov.b32 %r61,%f15;
shr.u32 %r206,%r198,16;
cvt.u16.u32 %rs10,%r206;
cvt.f32.f16 %f16,%rs10;
mov.b32 %r62,%f16;
sub.s32 %r63,%r5,%r302;
@%p4 bra $L__BB0_37;
setp.ne.s32 %p29,%r78,1;
@%p29 bra $L__BB0_55;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f9;
cvt.rn.f16.f32 upper,%f10;
mov.b32 %r304, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f11;
cvt.rn.f16.f32 upper,%f12;
mov.b32 %r305, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f13;
cvt.rn.f16.f32 upper,%f14;
mov.b32 %r306, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f15;
cvt.rn.f16.f32 upper,%f16;
mov.b32 %r307, {lower, upper};
}
bra.uni $L__BB0_56;
$L__BB0_37:
cvt.u64.u32 %rd15,%r302;
@%p1 bra $L__BB0_54;
bra.uni $L__BB0_38;
$L__BB0_54:
setp.ne.s32 %p38,%r3,0;
selp.b32 %r211,%r55,%r59,%p38;
mov.u32 %r212,31;
mov.u32 %r213,1;
mov.u32 %r214, -1;
shfl.sync.bfly.b32 %r215|%p39,%r211,%r213,%r212,%r214;
mov.b32 %f25,%r215;
selp.b32 %r216,%r56,%r60,%p38;
shfl.sync.bfly.b32 %r217|%p40,%r216,%r213,%r212,%r214;
mov.b32 %f26,%r217;
selp.b32 %r218,%r57,%r61,%p38;
shfl.sync.bfly.b32 %r219|%p41,%r218,%r213,%r212,%r214;
mov.b32 %f27,%r219;
selp.b32 %r220,%r58,%r62,%p38;
shfl.sync.bfly.b32 %r221|%p42,%r220,%r213,%r212,%r214;
mov.b32 %f28,%r221;
add.s64 %rd101,%rd15,%rd5;
shl.b64 %rd102,%rd101,2;
add.s64 %rd103,%rd14,%rd102;
selp.f32 %f29,%f25,%f9,%p38;
selp.f32 %f30,%f26,%f10,%p38;
selp.f32 %f31,%f27,%f11,%p38;
selp.f32 %f32,%f28,%f12,%p38;
st.global.v4.f32 [%rd103], {%f29,%f30,%f31,%f32};
selp.f32 %f33,%f13,%f25,%p38;
selp.f32 %f34,%f14,%f26,%p38;
selp.f32 %f35,%f15,%f27,%p38;
selp.f32 %f36,%f16,%f28,%p38;
st.global.v4.f32 [%rd103+32], {%f33,%f34,%f35,%f36};
bra.uni $L__BB0_74;
$L__BB0_55:
and.b32 %r222,%r55,2147483647;
setp.gt.u32 %p43,%r222,2139095040;
shr.u32 %r223,%r55,16;
and.b32 %r224,%r223,1;
add.s32 %r225,%r55,%r224;
add.s32 %r226,%r225,32767;
or.b32 %r227,%r55,4194304;
selp.b32 %r228,%r227,%r226,%p43;
and.b32 %r229,%r56,2147483647;
setp.gt.u32 %p44,%r229,2139095040;
shr.u32 %r230,%r56,16;
and.b32 %r231,%r230,1;
add.s32 %r232,%r56,%r231;
add.s32 %r233,%r232,32767;
or.b32 %r234,%r56,4194304;
selp.b32 %r235,%r234,%r233,%p44;
mov.u32 %r236,30258;
prmt.b32 %r304,%r228,%r235,%r236;
and.b32 %r237,%r57,2147483647;
setp.gt.u32 %p45,%r237,2139095040;
shr.u32 %r238,%r57,16;
and.b32 %r239,%r238,1;
add.s32 %r240,%r57,%r239;
add.s32 %r241,%r240,32767;
or.b32 %r242,%r57,4194304;
selp.b32 %r243,%r242,%r241,%p45;
and.b32 %r244,%r58,2147483647;
setp.gt.u32 %p46,%r244,2139095040;
shr.u32 %r245,%r58,16;
and.b32 %r246,%r245,1;
add.s32 %r247,%r58,%r246;
add.s32 %r248,%r247,32767;
or.b32 %r249,%r58,4194304;
selp.b32 %r250,%r249,%r248,%p46;
prmt.b32 %r305,%r243,%r250,%r236;
and.b32 %r251,%r59,2147483647;
setp.gt.u32 %p47,%r251,2139095040;
shr.u32 %r252,%r59,16;
and.b32 %r253,%r252,1;
add.s32 %r254,%r59,%r253;
add.s32 %r255,%r254,32767;
or.b32 %r256,%r59,4194304;
selp.b32 %r257,%r256,%r255,%p47;
and.b32 %r258,%r60,2147483647;
setp.gt.u32 %p48,%r258,2139095040;
shr.u32 %r259,%r60,16;
and.b32 %r260,%r259,1;
add.s32 %r261,%r60,%r260;
add.s32 %r262,%r261,32767;
or.b32 %r263,%r60,4194304;
selp.b32 %r264,%r263,%r262,%p48;
prmt.b32 %r306,%r257,%r264,%r236;
and.b32 %r265,%r61,2147483647;
setp.gt.u32 %p49,%r265,2139095040;
shr.u32 %r266,%r61,16;
and.b32 %r267,%r266,1;
add.s32 %r268,%r61,%r267;
add.s32 %r269,%r268,32767;
or.b32 %r270,%r61,4194304;
selp.b32 %r271,%r270,%r269,%p49;
and.b32 %r272,%r62,2147483647;
setp.gt.u32 %p50,%r272,2139095040;
shr.u32 %r273,%r62,16;
and.b32 %r274,%r273,1;
add.s32 %r275,%r62,%r274;
add.s32 %r276,%r275,32767;
or.b32 %r277,%r62,4194304;
selp.b32 %r278,%r277,%r276,%p50;
prmt.b32 %r307,%r271,%r278,%r236;
$L__BB0_56:
mul.wide.u32 %rd104,%r302,2;
add.s64 %rd17,%rd14,%rd104;
@%p1 bra $L__BB0_73;
bra.uni $L__BB0_57;
$L__BB0_73:
st.global.v4.u32 [%rd17], {%r304,%r305,%r306,%r307};
bra.uni $L__BB0_74;
$L__BB0_57:
setp.eq.s32 %p51,%r63,0;
@%p51 bra $L__BB0_59;
st.global.u16 [%rd17],%r304;
$L__BB0_59:
setp.lt.u32 %p52,%r63,2;
@%p52 bra $L__BB0_61;
shr.u32 %r279,%r304,16;
st.global.u16 [%rd17+2],%r279;
$L__BB0_61:
setp.lt.u32 %p53,%r63,3;
@%p53 bra $L__BB0_63;
st.global.u16 [%rd17+4],%r305;
$L__BB0_63:
setp.lt.u32 %p54,%r63,4;
@%p54 bra $L__BB0_65;
shr.u32 %r280,%r305,16;
st.global.u16 [%rd17+6],%r280;
$L__BB0_65:
setp.lt.u32 %p55,%r63,5;
@%p55 bra $L__BB0_67;
st.global.u16 [%rd17+8],%r306;
$L__BB0_67:
setp.lt.u32 %p56,%r63,6;
@%p56 bra $L__BB0_69;
shr.u32 %r281,%r306,16;
st.global.u16 [%rd17+10],%r281;
$L__BB0_69:
setp.lt.u32 %p57,%r63,7;
@%p57 bra $L__BB0_71;
st.global.u16 [%rd17+12],%r307;
$L__BB0_71:
setp.lt.u32 %p58,%r63,8;
@%p58 bra $L__BB0_74;
shr.u32 %r282,%r307,16;
st.global.u16 [%rd17+14],%r282;
bra.uni $L__BB0_74;
$L__BB0_38:
setp.eq.s32 %p30,%r63,0;
shl.b64 %rd100,%rd15,2;
add.s64 %rd16,%rd14,%rd100;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd16],%f9;
$L__BB0_40:
setp.lt.u32 %p31,%r63,2;
@%p31 bra $L__BB0_42;
st.global.f32 [%rd16+4],%f10;
$L__BB0_42:
setp.lt.u32 %p32,%r63,3;
@%p32 bra $L__BB0_44;
st.global.f32 [%rd16+8],%f11;
$L__BB0_44:
setp.lt.u32 %p33,%r63,4;
@%p33 bra $L__BB0_46;
st.global.f32 [%rd16+12],%f12;
$L__BB0_46:
setp.lt.u32 %p34,%r63,5;
@%p34 bra $L__BB0_48;
st.global.f32 [%rd16+16],%f13;
$L__BB0_48:
setp.lt.u32 %p35,%r63,6;
@%p35 bra $L__BB0_50;
st.global.f32 [%rd16+20],%f14;
$L__BB0_50:
setp.lt.u32 %p36,%r63,7;
@%p36 bra $L__BB0_52;
st.global.f32 [%rd16+24],%f15;
$L__BB0_52:
setp.lt.u32 %p37,%r63,8;
@%p37 bra $L__BB0_74;
st.global.f32 [%rd16+28],%f16;
$L__BB0_74:
add.s32 %r303,%r303,256;
shl.b32 %r302,%r303,3;
setp.lt.u32 %p59,%r302,%r5;
@%p59 bra $L__BB0_34;
$L__BB0_75:
bar.sync 0;
mov.u32 %r283,%nctaid.x;
cvt.u64.u32 %rd105,%r283;
add.s64 %rd106,%rd106,%rd105;
setp.lt.u64 %p60,%rd106,%rd1;
@%p60 bra $L__BB0_2;
$L__BB0_76:
ret;
}
)ptx"},
{tensor_type::bf16, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_bf16(
.param .u64 cria_dequantize_bf16_param_0,
.param .u64 cria_dequantize_bf16_param_1,
.param .u64 cria_dequantize_bf16_param_2,
.param .u32 cria_dequantize_bf16_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<61>;
.reg .b16 %rs<3>;
.reg .f32 %f<29>;
.reg .b32 %r<293>;
.reg .b64 %rd<105>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4bf16EEEvPKhyPhjE4tile[16400];
ld.param.u64 %rd21, [cria_dequantize_bf16_param_0];
ld.param.u64 %rd22, [cria_dequantize_bf16_param_1];
ld.param.u64 %rd23, [cria_dequantize_bf16_param_2];
ld.param.u32 %r83, [cria_dequantize_bf16_param_3];
shr.u64 %rd24,%rd22,13;
and.b64 %rd25,%rd22,8191;
setp.ne.s64 %p2,%rd25,0;
selp.u64 %rd26,1,0,%p2;
add.s64 %rd1,%rd24,%rd26;
mov.u32 %r84,%ctaid.x;
cvt.u64.u32 %rd104,%r84;
setp.le.u64 %p3,%rd1,%rd104;
@%p3 bra $L__BB0_76;
and.b64 %rd3,%rd23,15;
setp.eq.s32 %p4,%r83,0;
selp.b64 %rd4,4,2,%p4;
mov.u32 %r1,%tid.x;
shl.b32 %r2,%r1,3;
add.s32 %r85,%r1,1;
and.b32 %r3,%r1,1;
shl.b32 %r86,%r1,2;
and.b32 %r87,%r86,4;
neg.s32 %r88,%r87;
cvt.s64.s32 %rd5,%r88;
add.s32 %r4,%r1,512;
mul.wide.u32 %rd27,%r85,4;
mov.u64 %rd28, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4bf16EEEvPKhyPhjE4tile;
add.s64 %rd6,%rd28,%rd27;
add.s32 %r89,%r1,257;
add.s32 %r5,%r1,768;
mul.wide.u32 %rd29,%r89,4;
add.s64 %rd7,%rd28,%rd29;
add.s32 %r90,%r1,513;
mul.wide.u32 %rd30,%r90,4;
add.s64 %rd8,%rd28,%rd30;
mul.wide.u32 %rd31,%r4,16;
add.s64 %rd9,%rd28,%rd31;
mul.wide.u32 %rd32,%r5,16;
add.s64 %rd10,%rd28,%rd32;
$L__BB0_2:
shl.b64 %rd12,%rd104,13;
sub.s64 %rd33,%rd22,%rd12;
min.u64 %rd34,%rd33,8192;
cvt.u32.u64 %r6,%rd34;
shl.b64 %rd13,%rd104,14;
add.s64 %rd14,%rd21,%rd13;
shl.b32 %r7,%r6,1;
and.b64 %rd35,%rd14,15;
setp.eq.s64 %p5,%rd35,0;
@%p5 bra $L__BB0_14;
cvt.u32.u64 %r91,%rd14;
and.b32 %r8,%r91,3;
add.s32 %r92,%r7,%r8;
setp.lt.u32 %p6,%r92,8;
add.s32 %r93,%r92, -4;
shr.u32 %r94,%r93,2;
selp.b32 %r9,1,%r94,%p6;
mov.u32 %r95,%tid.x;
add.s32 %r269,%r95,1;
setp.ge.u32 %p7,%r269,%r9;
@%p7 bra $L__BB0_11;
cvt.u64.u32 %rd36,%r8;
sub.s64 %rd37,%rd13,%rd36;
add.s64 %rd15,%rd21,%rd37;
shl.b32 %r10,%r8,3;
mov.u32 %r98, -2;
sub.s32 %r99,%r98,%r95;
add.s32 %r11,%r99,%r9;
shr.u32 %r100,%r11,8;
add.s32 %r101,%r100,1;
and.b32 %r12,%r101,3;
setp.eq.s32 %p8,%r12,0;
@%p8 bra $L__BB0_8;
add.s32 %r109,%r95,1;
mul.wide.u32 %rd40,%r109,4;
add.s64 %rd38,%rd15,%rd40;
ld.global.nc.u32 %r102, [%rd38];
add.s64 %rd39,%rd38,4;
ld.global.nc.u32 %r103, [%rd39];
shf.r.wrap.b32 %r104,%r102,%r103,%r10;
st.shared.u32 [%rd6],%r104;
add.s32 %r269,%r95,257;
setp.eq.s32 %p9,%r12,1;
@%p9 bra $L__BB0_8;
add.s32 %r117,%r95,257;
mul.wide.u32 %rd43,%r117,4;
add.s64 %rd41,%rd15,%rd43;
ld.global.nc.u32 %r110, [%rd41];
add.s64 %rd42,%rd41,4;
ld.global.nc.u32 %r111, [%rd42];
shf.r.wrap.b32 %r112,%r110,%r111,%r10;
st.shared.u32 [%rd7],%r112;
add.s32 %r269,%r95,513;
setp.eq.s32 %p10,%r12,2;
@%p10 bra $L__BB0_8;
add.s32 %r125,%r95,513;
mul.wide.u32 %rd46,%r125,4;
add.s64 %rd44,%rd15,%rd46;
ld.global.nc.u32 %r118, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r119, [%rd45];
shf.r.wrap.b32 %r120,%r118,%r119,%r10;
st.shared.u32 [%rd8],%r120;
add.s32 %r269,%r95,769;
$L__BB0_8:
setp.lt.u32 %p11,%r11,768;
@%p11 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd55,%r269,4;
add.s64 %rd47,%rd15,%rd55;
ld.global.nc.u32 %r126, [%rd47];
add.s64 %rd48,%rd47,4;
ld.global.nc.u32 %r127, [%rd48];
shf.r.wrap.b32 %r128,%r126,%r127,%r10;
add.s64 %rd57,%rd28,%rd55;
st.shared.u32 [%rd57],%r128;
add.s32 %r150,%r269,256;
mul.wide.u32 %rd58,%r150,4;
add.s64 %rd49,%rd15,%rd58;
ld.global.nc.u32 %r132, [%rd49];
add.s64 %rd50,%rd49,4;
ld.global.nc.u32 %r133, [%rd50];
shf.r.wrap.b32 %r134,%r132,%r133,%r10;
add.s64 %rd59,%rd28,%rd58;
st.shared.u32 [%rd59],%r134;
add.s32 %r151,%r269,512;
mul.wide.u32 %rd60,%r151,4;
add.s64 %rd51,%rd15,%rd60;
ld.global.nc.u32 %r138, [%rd51];
add.s64 %rd52,%rd51,4;
ld.global.nc.u32 %r139, [%rd52];
shf.r.wrap.b32 %r140,%r138,%r139,%r10;
add.s64 %rd61,%rd28,%rd60;
st.shared.u32 [%rd61],%r140;
add.s32 %r152,%r269,768;
mul.wide.u32 %rd62,%r152,4;
add.s64 %rd53,%rd15,%rd62;
ld.global.nc.u32 %r144, [%rd53];
add.s64 %rd54,%rd53,4;
ld.global.nc.u32 %r145, [%rd54];
shf.r.wrap.b32 %r146,%r144,%r145,%r10;
add.s64 %rd63,%rd28,%rd62;
st.shared.u32 [%rd63],%r146;
add.s32 %r269,%r269,1024;
setp.lt.u32 %p12,%r269,%r9;
@%p12 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p13,%r1,15;
@%p13 bra $L__BB0_32;
setp.lt.u32 %p14,%r95,4;
shl.b32 %r154,%r9,2;
add.s32 %r155,%r95,%r154;
add.s32 %r156,%r155, -4;
selp.b32 %r20,%r95,%r156,%p14;
setp.ge.u32 %p15,%r20,%r7;
@%p15 bra $L__BB0_32;
cvt.u64.u32 %rd64,%r20;
add.s64 %rd65,%rd13,%rd64;
cvta.to.global.u64 %rd66,%rd21;
add.s64 %rd67,%rd66,%rd65;
ld.global.u8 %rs1, [%rd67];
add.s64 %rd69,%rd28,%rd64;
st.shared.u8 [%rd69],%rs1;
bra.uni $L__BB0_32;
$L__BB0_14:
shr.u32 %r21,%r6,3;
setp.ge.u32 %p16,%r1,%r21;
@%p16 bra $L__BB0_16;
mov.u32 %r162,%tid.x;
mul.wide.u32 %rd71,%r162,16;
add.s64 %rd70,%rd14,%rd71;
ld.global.nc.v4.u32 {%r274,%r273,%r272,%r271}, [%rd70];
$L__BB0_16:
mov.u32 %r164,%tid.x;
add.s32 %r165,%r164,256;
setp.ge.u32 %p17,%r165,%r21;
@%p17 bra $L__BB0_18;
mul.wide.u32 %rd73,%r164,16;
add.s64 %rd74,%rd14,%rd73;
add.s64 %rd72,%rd74,4096;
ld.global.nc.v4.u32 {%r278,%r277,%r276,%r275}, [%rd72];
$L__BB0_18:
setp.ge.u32 %p18,%r4,%r21;
@%p18 bra $L__BB0_20;
mul.wide.u32 %rd76,%r164,16;
add.s64 %rd77,%rd14,%rd76;
add.s64 %rd75,%rd77,8192;
ld.global.nc.v4.u32 {%r282,%r281,%r280,%r279}, [%rd75];
$L__BB0_20:
setp.ge.u32 %p19,%r5,%r21;
@%p19 bra $L__BB0_22;
mul.wide.u32 %rd79,%r164,16;
add.s64 %rd80,%rd14,%rd79;
add.s64 %rd78,%rd80,12288;
ld.global.nc.v4.u32 {%r283,%r284,%r285,%r286}, [%rd78];
$L__BB0_22:
@%p16 bra $L__BB0_24;
mul.wide.u32 %rd81,%r164,16;
add.s64 %rd83,%rd28,%rd81;
st.shared.v4.u32 [%rd83], {%r274,%r273,%r272,%r271};
$L__BB0_24:
@%p17 bra $L__BB0_26;
mul.wide.u32 %rd84,%r165,16;
add.s64 %rd86,%rd28,%rd84;
st.shared.v4.u32 [%rd86], {%r278,%r277,%r276,%r275};
$L__BB0_26:
@%p18 bra $L__BB0_28;
st.shared.v4.u32 [%rd9], {%r282,%r281,%r280,%r279};
$L__BB0_28:
@%p19 bra $L__BB0_30;
st.shared.v4.u32 [%rd10], {%r283,%r284,%r285,%r286};
$L__BB0_30:
and.b32 %r188,%r7,14;
setp.ge.u32 %p24,%r1,%r188;
@%p24 bra $L__BB0_32;
and.b32 %r189,%r7,32752;
add.s32 %r190,%r189,%r1;
cvt.u64.u32 %rd87,%r190;
add.s64 %rd88,%rd13,%rd87;
cvta.to.global.u64 %rd89,%rd21;
add.s64 %rd90,%rd89,%rd88;
ld.global.u8 %rs2, [%rd90];
add.s64 %rd92,%rd28,%rd87;
st.shared.u8 [%rd92],%rs2;
$L__BB0_32:
setp.eq.s64 %p25,%rd3,0;
bar.sync 0;
setp.eq.s32 %p26,%r6,8192;
and.pred %p1,%p25,%p26;
setp.ge.u32 %p27,%r2,%r6;
@%p27 bra $L__BB0_75;
mul.lo.s64 %rd93,%rd12,%rd4;
cvta.to.global.u64 %rd94,%rd23;
add.s64 %rd16,%rd94,%rd93;
mov.u32 %r287,%r2;
mov.u32 %r288,%r1;
$L__BB0_34:
.pragma "nounroll";
shl.b32 %r191,%r288,4;
cvt.u64.u32 %rd95,%r191;
add.s64 %rd97,%rd28,%rd95;
ld.shared.v4.u32 {%r192,%r193,%r194,%r195}, [%rd97];
shl.b32 %r60,%r192,16;
and.b32 %r61,%r192, -65536;
shl.b32 %r62,%r193,16;
and.b32 %r63,%r193, -65536;
shl.b32 %r64,%r194,16;
and.b32 %r65,%r194, -65536;
shl.b32 %r66,%r195,16;
and.b32 %r67,%r195, -65536;
sub.s32 %r68,%r6,%r287;
@%p4 bra $L__BB0_37;
setp.ne.s32 %p29,%r83,1;
@%p29 bra $L__BB0_55;
mov.b32 %f1,%r60;
mov.b32 %f2,%r61;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f1;
cvt.rn.f16.f32 upper,%f2;
mov.b32 %r289, {lower, upper};
}
mov.b32 %f4,%r63;
mov.b32 %f3,%r62;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f3;
cvt.rn.f16.f32 upper,%f4;
mov.b32 %r290, {lower, upper};
}
mov.b32 %f6,%r65;
mov.b32 %f5,%r64;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f5;
cvt.rn.f16.f32 upper,%f6;
mov.b32 %r291, {lower, upper};
}
mov.b32 %f8,%r67;
mov.b32 %f7,%r66;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f7;
cvt.rn.f16.f32 upper,%f8;
mov.b32 %r292, {lower, upper};
}
bra.uni $L__BB0_56;
$L__BB0_37:
cvt.u64.u32 %rd17,%r287;
@%p1 bra $L__BB0_54;
bra.uni $L__BB0_38;
$L__BB0_54:
setp.ne.s32 %p38,%r3,0;
selp.b32 %r200,%r60,%r64,%p38;
mov.u32 %r201,31;
mov.u32 %r202,1;
mov.u32 %r203, -1;
shfl.sync.bfly.b32 %r204|%p39,%r200,%r202,%r201,%r203;
mov.b32 %f9,%r204;
mov.b32 %f10,%r60;
mov.b32 %f11,%r64;
selp.b32 %r205,%r61,%r65,%p38;
shfl.sync.bfly.b32 %r206|%p40,%r205,%r202,%r201,%r203;
mov.b32 %f12,%r206;
mov.b32 %f13,%r61;
mov.b32 %f14,%r65;
selp.b32 %r207,%r62,%r66,%p38;
shfl.sync.bfly.b32 %r208|%p41,%r207,%r202,%r201,%r203;
mov.b32 %f15,%r208;
mov.b32 %f16,%r62;
mov.b32 %f17,%r66;
selp.b32 %r209,%r63,%r67,%p38;
shfl.sync.bfly.b32 %r210|%p42,%r209,%r202,%r201,%r203;
mov.b32 %f18,%r210;
mov.b32 %f19,%r63;
mov.b32 %f20,%r67;
add.s64 %rd99,%rd17,%rd5;
shl.b64 %rd100,%rd99,2;
add.s64 %rd101,%rd16,%rd100;
selp.f32 %f21,%f9,%f10,%p38;
selp.f32 %f22,%f12,%f13,%p38;
selp.f32 %f23,%f15,%f16,%p38;
selp.f32 %f24,%f18,%f19,%p38;
st.global.v4.f32 [%rd101], {%f21,%f22,%f23,%f24};
selp.f32 %f25,%f11,%f9,%p38;
selp.f32 %f26,%f14,%f12,%p38;
selp.f32 %f27,%f17,%f15,%p38;
selp.f32 %f28,%f20,%f18,%p38;
st.global.v4.f32 [%rd101+32], {%f25,%f26,%f27,%f28};
bra.uni $L__BB0_74;
$L__BB0_55:
and.b32 %r211,%r192,32767;
setp.gt.u32 %p43,%r211,32640;
and.b32 %r212,%r192,1;
add.s32 %r213,%r60,%r212;
add.s32 %r214,%r213,32767;
or.b32 %r215,%r60,4194304;
selp.b32 %r216,%r215,%r214,%p43;
and.b32 %r217,%r192,2147418112;
setp.gt.u32 %p44,%r217,2139095040;
shr.u32 %r218,%r192,16;
and.b32 %r219,%r218,1;
add.s32 %r220,%r61,%r219;
add.s32 %r221,%r220,32767;
or.b32 %r222,%r61,4194304;
selp.b32 %r223,%r222,%r221,%p44;
mov.u32 %r224,30258;
prmt.b32 %r289,%r216,%r223,%r224;
and.b32 %r225,%r193,32767;
setp.gt.u32 %p45,%r225,32640;
and.b32 %r226,%r193,1;
add.s32 %r227,%r62,%r226;
add.s32 %r228,%r227,32767;
or.b32 %r229,%r62,4194304;
selp.b32 %r230,%r229,%r228,%p45;
and.b32 %r231,%r193,2147418112;
setp.gt.u32 %p46,%r231,2139095040;
shr.u32 %r232,%r193,16;
and.b32 %r233,%r232,1;
add.s32 %r234,%r63,%r233;
add.s32 %r235,%r234,32767;
or.b32 %r236,%r63,4194304;
selp.b32 %r237,%r236,%r235,%p46;
prmt.b32 %r290,%r230,%r237,%r224;
and.b32 %r238,%r194,32767;
setp.gt.u32 %p47,%r238,32640;
and.b32 %r239,%r194,1;
add.s32 %r240,%r64,%r239;
add.s32 %r241,%r240,32767;
or.b32 %r242,%r64,4194304;
selp.b32 %r243,%r242,%r241,%p47;
and.b32 %r244,%r194,2147418112;
setp.gt.u32 %p48,%r244,2139095040;
shr.u32 %r245,%r194,16;
and.b32 %r246,%r245,1;
add.s32 %r247,%r65,%r246;
add.s32 %r248,%r247,32767;
or.b32 %r249,%r65,4194304;
selp.b32 %r250,%r249,%r248,%p48;
prmt.b32 %r291,%r243,%r250,%r224;
and.b32 %r251,%r195,32767;
setp.gt.u32 %p49,%r251,32640;
and.b32 %r252,%r195,1;
add.s32 %r253,%r66,%r252;
add.s32 %r254,%r253,32767;
or.b32 %r255,%r66,4194304;
selp.b32 %r256,%r255,%r254,%p49;
and.b32 %r257,%r195,2147418112;
setp.gt.u32 %p50,%r257,2139095040;
shr.u32 %r258,%r195,16;
and.b32 %r259,%r258,1;
add.s32 %r260,%r67,%r259;
add.s32 %r261,%r260,32767;
or.b32 %r262,%r67,4194304;
selp.b32 %r263,%r262,%r261,%p50;
prmt.b32 %r292,%r256,%r263,%r224;
$L__BB0_56:
mul.wide.u32 %rd102,%r287,2;
add.s64 %rd19,%rd16,%rd102;
@%p1 bra $L__BB0_73;
bra.uni $L__BB0_57;
$L__BB0_73:
st.global.v4.u32 [%rd19], {%r289,%r290,%r291,%r292};
bra.uni $L__BB0_74;
$L__BB0_57:
setp.eq.s32 %p51,%r68,0;
@%p51 bra $L__BB0_59;
st.global.u16 [%rd19],%r289;
$L__BB0_59:
setp.lt.u32 %p52,%r68,2;
@%p52 bra $L__BB0_61;
shr.u32 %r264,%r289,16;
st.global.u16 [%rd19+2],%r264;
$L__BB0_61:
setp.lt.u32 %p53,%r68,3;
@%p53 bra $L__BB0_63;
st.global.u16 [%rd19+4],%r290;
$L__BB0_63:
setp.lt.u32 %p54,%r68,4;
@%p54 bra $L__BB0_65;
shr.u32 %r265,%r290,16;
st.global.u16 [%rd19+6],%r265;
$L__BB0_65:
setp.lt.u32 %p55,%r68,5;
@%p55 bra $L__BB0_67;
st.global.u16 [%rd19+8],%r291;
$L__BB0_67:
setp.lt.u32 %p56,%r68,6;
@%p56 bra $L__BB0_69;
shr.u32 %r266,%r291,16;
st.global.u16 [%rd19+10],%r266;
$L__BB0_69:
setp.lt.u32 %p57,%r68,7;
@%p57 bra $L__BB0_71;
st.global.u16 [%rd19+12],%r292;
$L__BB0_71:
setp.lt.u32 %p58,%r68,8;
@%p58 bra $L__BB0_74;
shr.u32 %r267,%r292,16;
st.global.u16 [%rd19+14],%r267;
bra.uni $L__BB0_74;
$L__BB0_38:
setp.eq.s32 %p30,%r68,0;
shl.b64 %rd98,%rd17,2;
add.s64 %rd18,%rd16,%rd98;
@%p30 bra $L__BB0_40;
st.global.u32 [%rd18],%r60;
$L__BB0_40:
setp.lt.u32 %p31,%r68,2;
@%p31 bra $L__BB0_42;
st.global.u32 [%rd18+4],%r61;
$L__BB0_42:
setp.lt.u32 %p32,%r68,3;
@%p32 bra $L__BB0_44;
st.global.u32 [%rd18+8],%r62;
$L__BB0_44:
setp.lt.u32 %p33,%r68,4;
@%p33 bra $L__BB0_46;
st.global.u32 [%rd18+12],%r63;
$L__BB0_46:
setp.lt.u32 %p34,%r68,5;
@%p34 bra $L__BB0_48;
st.global.u32 [%rd18+16],%r64;
$L__BB0_48:
setp.lt.u32 %p35,%r68,6;
@%p35 bra $L__BB0_50;
st.global.u32 [%rd18+20],%r65;
$L__BB0_50:
setp.lt.u32 %p36,%r68,7;
@%p36 bra $L__BB0_52;
st.global.u32 [%rd18+24],%r66;
$L__BB0_52:
setp.lt.u32 %p37,%r68,8;
@%p37 bra $L__BB0_74;
st.global.u32 [%rd18+28],%r67;
$L__BB0_74:
add.s32 %r288,%r288,256;
shl.b32 %r287,%r288,3;
setp.lt.u32 %p59,%r287,%r6;
@%p59 bra $L__BB0_34;
$L__BB0_75:
bar.sync 0;
mov.u32 %r268,%nctaid.x;
cvt.u64.u32 %rd103,%r268;
add.s64 %rd104,%rd104,%rd103;
setp.lt.u64 %p60,%rd104,%rd1;
@%p60 bra $L__BB0_2;
$L__BB0_76:
ret;
}
)ptx"},
{tensor_type::f64, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_f64(
.param .u64 cria_dequantize_f64_param_0,
.param .u64 cria_dequantize_f64_param_1,
.param .u64 cria_dequantize_f64_param_2,
.param .u32 cria_dequantize_f64_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<61>;
.reg .b16 %rs<3>;
.reg .f32 %f<37>;
.reg .b32 %r<328>;
.reg .f64 %fd<9>;
.reg .b64 %rd<131>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format3f64EEEvPKhyPhjE4tile[16400];
ld.param.u64 %rd18, [cria_dequantize_f64_param_0];
ld.param.u64 %rd19, [cria_dequantize_f64_param_1];
ld.param.u64 %rd20, [cria_dequantize_f64_param_2];
ld.param.u32 %r78, [cria_dequantize_f64_param_3];
shr.u64 %rd21,%rd19,11;
and.b64 %rd22,%rd19,2047;
setp.ne.s64 %p2,%rd22,0;
selp.u64 %rd23,1,0,%p2;
add.s64 %rd1,%rd21,%rd23;
mov.u32 %r79,%ctaid.x;
cvt.u64.u32 %rd130,%r79;
setp.le.u64 %p3,%rd1,%rd130;
@%p3 bra $L__BB0_76;
setp.eq.s32 %p4,%r78,0;
selp.b64 %rd3,4,2,%p4;
mov.u32 %r1,%tid.x;
shl.b32 %r2,%r1,3;
add.s32 %r80,%r1,1;
and.b32 %r3,%r1,1;
shl.b32 %r81,%r1,2;
and.b32 %r82,%r81,4;
neg.s32 %r83,%r82;
cvt.s64.s32 %rd4,%r83;
add.s32 %r4,%r1,512;
mul.wide.u32 %rd24,%r80,4;
mov.u64 %rd25, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format3f64EEEvPKhyPhjE4tile;
add.s64 %rd5,%rd25,%rd24;
add.s32 %r84,%r1,257;
mul.wide.u32 %rd26,%r84,4;
add.s64 %rd6,%rd25,%rd26;
add.s32 %r85,%r1,513;
mul.wide.u32 %rd27,%r85,4;
add.s64 %rd7,%rd25,%rd27;
$L__BB0_2:
shl.b64 %rd9,%rd130,11;
sub.s64 %rd28,%rd19,%rd9;
min.u64 %rd29,%rd28,2048;
cvt.u32.u64 %r5,%rd29;
shl.b64 %rd10,%rd130,14;
add.s64 %rd11,%rd18,%rd10;
shl.b32 %r6,%r5,3;
and.b64 %rd30,%rd11,15;
setp.eq.s64 %p5,%rd30,0;
@%p5 bra $L__BB0_14;
cvt.u32.u64 %r86,%rd11;
and.b32 %r7,%r86,3;
add.s32 %r87,%r6,%r7;
setp.lt.u32 %p6,%r87,8;
add.s32 %r88,%r87, -4;
shr.u32 %r89,%r88,2;
selp.b32 %r8,1,%r89,%p6;
mov.u32 %r90,%tid.x;
add.s32 %r304,%r90,1;
setp.ge.u32 %p7,%r304,%r8;
@%p7 bra $L__BB0_11;
cvt.u64.u32 %rd31,%r7;
sub.s64 %rd32,%rd10,%rd31;
add.s64 %rd12,%rd18,%rd32;
shl.b32 %r9,%r7,3;
mov.u32 %r93, -2;
sub.s32 %r94,%r93,%r90;
add.s32 %r10,%r94,%r8;
shr.u32 %r95,%r10,8;
add.s32 %r96,%r95,1;
and.b32 %r11,%r96,3;
setp.eq.s32 %p8,%r11,0;
@%p8 bra $L__BB0_8;
add.s32 %r104,%r90,1;
mul.wide.u32 %rd35,%r104,4;
add.s64 %rd33,%rd12,%rd35;
ld.global.nc.u32 %r97, [%rd33];
add.s64 %rd34,%rd33,4;
ld.global.nc.u32 %r98, [%rd34];
shf.r.wrap.b32 %r99,%r97,%r98,%r9;
st.shared.u32 [%rd5],%r99;
add.s32 %r304,%r90,257;
setp.eq.s32 %p9,%r11,1;
@%p9 bra $L__BB0_8;
add.s32 %r112,%r90,257;
mul.wide.u32 %rd38,%r112,4;
add.s64 %rd36,%rd12,%rd38;
ld.global.nc.u32 %r105, [%rd36];
add.s64 %rd37,%rd36,4;
ld.global.nc.u32 %r106, [%rd37];
shf.r.wrap.b32 %r107,%r105,%r106,%r9;
st.shared.u32 [%rd6],%r107;
add.s32 %r304,%r90,513;
setp.eq.s32 %p10,%r11,2;
@%p10 bra $L__BB0_8;
add.s32 %r120,%r90,513;
mul.wide.u32 %rd41,%r120,4;
add.s64 %rd39,%rd12,%rd41;
ld.global.nc.u32 %r113, [%rd39];
add.s64 %rd40,%rd39,4;
ld.global.nc.u32 %r114, [%rd40];
shf.r.wrap.b32 %r115,%r113,%r114,%r9;
st.shared.u32 [%rd7],%r115;
add.s32 %r304,%r90,769;
$L__BB0_8:
setp.lt.u32 %p11,%r10,768;
@%p11 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd50,%r304,4;
add.s64 %rd42,%rd12,%rd50;
ld.global.nc.u32 %r121, [%rd42];
add.s64 %rd43,%rd42,4;
ld.global.nc.u32 %r122, [%rd43];
shf.r.wrap.b32 %r123,%r121,%r122,%r9;
add.s64 %rd52,%rd25,%rd50;
st.shared.u32 [%rd52],%r123;
add.s32 %r145,%r304,256;
mul.wide.u32 %rd53,%r145,4;
add.s64 %rd44,%rd12,%rd53;
ld.global.nc.u32 %r127, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r128, [%rd45];
shf.r.wrap.b32 %r129,%r127,%r128,%r9;
add.s64 %rd54,%rd25,%rd53;
st.shared.u32 [%rd54],%r129;
add.s32 %r146,%r304,512;
mul.wide.u32 %rd55,%r146,4;
add.s64 %rd46,%rd12,%rd55;
ld.global.nc.u32 %r133, [%rd46];
add.s64 %rd47,%rd46,4;
ld.global.nc.u32 %r134, [%rd47];
shf.r.wrap.b32 %r135,%r133,%r134,%r9;
add.s64 %rd56,%rd25,%rd55;
st.shared.u32 [%rd56],%r135;
add.s32 %r147,%r304,768;
mul.wide.u32 %rd57,%r147,4;
add.s64 %rd48,%rd12,%rd57;
ld.global.nc.u32 %r139, [%rd48];
add.s64 %rd49,%rd48,4;
ld.global.nc.u32 %r140, [%rd49];
shf.r.wrap.b32 %r141,%r139,%r140,%r9;
add.s64 %rd58,%rd25,%rd57;
st.shared.u32 [%rd58],%r141;
add.s32 %r304,%r304,1024;
setp.lt.u32 %p12,%r304,%r8;
@%p12 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p13,%r1,15;
@%p13 bra $L__BB0_32;
setp.lt.u32 %p14,%r90,4;
shl.b32 %r149,%r8,2;
add.s32 %r150,%r90,%r149;
add.s32 %r151,%r150, -4;
selp.b32 %r19,%r90,%r151,%p14;
setp.ge.u32 %p15,%r19,%r6;
@%p15 bra $L__BB0_32;
cvt.u64.u32 %rd59,%r19;
add.s64 %rd60,%rd10,%rd59;
cvta.to.global.u64 %rd61,%rd18;
add.s64 %rd62,%rd61,%rd60;
ld.global.u8 %rs1, [%rd62];
add.s64 %rd64,%rd25,%rd59;
st.shared.u8 [%rd64],%rs1;
bra.uni $L__BB0_32;
$L__BB0_14:
shr.u32 %r20,%r5,1;
setp.ge.u32 %p16,%r1,%r20;
@%p16 bra $L__BB0_16;
mov.u32 %r157,%tid.x;
mul.wide.u32 %rd66,%r157,16;
add.s64 %rd65,%rd11,%rd66;
ld.global.nc.v4.u32 {%r309,%r308,%r307,%r306}, [%rd65];
$L__BB0_16:
mov.u32 %r159,%tid.x;
add.s32 %r160,%r159,256;
setp.ge.u32 %p17,%r160,%r20;
@%p17 bra $L__BB0_18;
mul.wide.u32 %rd68,%r159,16;
add.s64 %rd69,%rd11,%rd68;
add.s64 %rd67,%rd69,4096;
ld.global.nc.v4.u32 {%r313,%r312,%r311,%r310}, [%rd67];
$L__BB0_18:
setp.ge.u32 %p18,%r4,%r20;
@%p18 bra $L__BB0_20;
mul.wide.u32 %rd71,%r159,16;
add.s64 %rd72,%rd11,%rd71;
add.s64 %rd70,%rd72,8192;
ld.global.nc.v4.u32 {%r317,%r316,%r315,%r314}, [%rd70];
$L__BB0_20:
add.s32 %r174,%r159,768;
setp.ge.u32 %p19,%r174,%r20;
@%p19 bra $L__BB0_22;
mul.wide.u32 %rd74,%r159,16;
add.s64 %rd75,%rd11,%rd74;
add.s64 %rd73,%rd75,12288;
ld.global.nc.v4.u32 {%r318,%r319,%r320,%r321}, [%rd73];
$L__BB0_22:
@%p16 bra $L__BB0_24;
mul.wide.u32 %rd76,%r159,16;
add.s64 %rd78,%rd25,%rd76;
st.shared.v4.u32 [%rd78], {%r309,%r308,%r307,%r306};
$L__BB0_24:
@%p17 bra $L__BB0_26;
mul.wide.u32 %rd79,%r160,16;
add.s64 %rd81,%rd25,%rd79;
st.shared.v4.u32 [%rd81], {%r313,%r312,%r311,%r310};
$L__BB0_26:
@%p18 bra $L__BB0_28;
add.s32 %r186,%r159,512;
mul.wide.u32 %rd82,%r186,16;
add.s64 %rd84,%rd25,%rd82;
st.shared.v4.u32 [%rd84], {%r317,%r316,%r315,%r314};
$L__BB0_28:
@%p19 bra $L__BB0_30;
mul.wide.u32 %rd85,%r174,16;
add.s64 %rd87,%rd25,%rd85;
st.shared.v4.u32 [%rd87], {%r318,%r319,%r320,%r321};
$L__BB0_30:
and.b32 %r191,%r6,8;
setp.ge.u32 %p24,%r1,%r191;
@%p24 bra $L__BB0_32;
and.b32 %r192,%r6,32752;
add.s32 %r193,%r192,%r1;
cvt.u64.u32 %rd88,%r193;
add.s64 %rd89,%rd10,%rd88;
cvta.to.global.u64 %rd90,%rd18;
add.s64 %rd91,%rd90,%rd89;
ld.global.u8 %rs2, [%rd91];
add.s64 %rd93,%rd25,%rd88;
st.shared.u8 [%rd93],%rs2;
$L__BB0_32:
and.b64 %rd94,%rd20,15;
setp.eq.s64 %p25,%rd94,0;
bar.sync 0;
setp.eq.s32 %p26,%r5,2048;
and.pred %p1,%p25,%p26;
setp.ge.u32 %p27,%r2,%r5;
@%p27 bra $L__BB0_75;
mul.lo.s64 %rd95,%rd9,%rd3;
cvta.to.global.u64 %rd96,%rd20;
add.s64 %rd13,%rd96,%rd95;
mov.u32 %r322,%r2;
mov.u32 %r323,%r1;
$L__BB0_34:
.pragma "nounroll";
shl.b32 %r194,%r323,6;
cvt.u64.u32 %rd97,%r194;
add.s64 %rd99,%rd25,%rd97;
ld.shared.v4.u32 {%r195,%r196,%r197,%r198}, [%rd99];
ld.shared.v4.u32 {%r203,%r204,%r205,%r206}, [%rd99+16];
ld.shared.v4.u32 {%r211,%r212,%r213,%r214}, [%rd99+32];
ld.shared.v4.u32 {%r219,%r220,%r221,%r222}, [%rd99+48];
cvt.u64.u32 %rd100,%r196;
cvt.u64.u32 %rd101,%r195;
bfi.b64 %rd102,%rd100,%rd101,32,32;
mov.b64 %fd1,%rd102;
cvt.rn.f32.f64 %f9,%fd1;
mov.b32 %r55,%f9;
cvt.u64.u32 %rd103,%r198;
cvt.u64.u32 %rd104,%r197;
bfi.b64 %rd105,%rd103,%rd104,32,32;
mov.b64 %fd2,%rd105;
cvt.rn.f32.f64 %f10,%fd2;
mov.b32 %r56,%f10;
cvt.u64.u32 %rd106,%r204;
cvt.u64.u32 %rd107,%r203;
bfi.b64 %rd108,%rd106,%rd107,32,32;
mov.b64 %fd3,%rd108;
cvt.rn.f32.f64 %f11,%fd3;
mov.b32 %r57,%f11;
cvt.u64.u32 %rd109,%r206;
cvt.u64.u32 %rd110,%r205;
bfi.b64 %rd111,%rd109,%rd110,32,32;
mov.b64 %fd4,%rd111;
cvt.rn.f32.f64 %f12,%fd4;
mov.b32 %r58,%f12;
cvt.u64.u32 %rd112,%r212;
cvt.u64.u32 %rd113,%r211;
bfi.b64 %rd114,%rd112,%rd113,32,32;
mov.b64 %fd5,%rd114;
cvt.rn.f32.f64 %f13,%fd5;
mov.b32 %r59,%f13;
cvt.u64.u32 %rd115,%r214;
cvt.u64.u32 %rd116,%r213;
bfi.b64 %rd117,%rd115,%rd116,32,32;
mov.b64 %fd6,%rd117;
cvt.rn.f32.f64 %f14,%fd6;
mov.b32 %r60,%f14;
cvt.u64.u32 %rd118,%r220;
cvt.u64.u32 %rd119,%r219;
bfi.b64 %rd120,%rd118,%rd119,32,32;
mov.b64 %fd7,%rd120;
cvt.rn.f32.f64 %f15,%fd7;
mov.b32 %r61,%f15;
cvt.u64.u32 %rd121,%r222;
cvt.u64.u32 %rd122,%r221;
bfi.b64 %rd123,%rd121,%rd122,32,32;
mov.b64 %fd8,%rd123;
cvt.rn.f32.f64 %f16,%fd8;
mov.b32 %r62,%f16;
sub.s32 %r63,%r5,%r322;
@%p4 bra $L__BB0_37;
setp.ne.s32 %p29,%r78,1;
@%p29 bra $L__BB0_55;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f9;
cvt.rn.f16.f32 upper,%f10;
mov.b32 %r324, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f11;
cvt.rn.f16.f32 upper,%f12;
mov.b32 %r325, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f13;
cvt.rn.f16.f32 upper,%f14;
mov.b32 %r326, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f15;
cvt.rn.f16.f32 upper,%f16;
mov.b32 %r327, {lower, upper};
}
bra.uni $L__BB0_56;
$L__BB0_37:
cvt.u64.u32 %rd14,%r322;
@%p1 bra $L__BB0_54;
bra.uni $L__BB0_38;
$L__BB0_54:
setp.ne.s32 %p38,%r3,0;
selp.b32 %r231,%r55,%r59,%p38;
mov.u32 %r232,31;
mov.u32 %r233,1;
mov.u32 %r234, -1;
shfl.sync.bfly.b32 %r235|%p39,%r231,%r233,%r232,%r234;
mov.b32 %f25,%r235;
selp.b32 %r236,%r56,%r60,%p38;
shfl.sync.bfly.b32 %r237|%p40,%r236,%r233,%r232,%r234;
mov.b32 %f26,%r237;
selp.b32 %r238,%r57,%r61,%p38;
shfl.sync.bfly.b32 %r239|%p41,%r238,%r233,%r232,%r234;
mov.b32 %f27,%r239;
selp.b32 %r240,%r58,%r62,%p38;
shfl.sync.bfly.b32 %r241|%p42,%r240,%r233,%r232,%r234;
mov.b32 %f28,%r241;
add.s64 %rd125,%rd14,%rd4;
shl.b64 %rd126,%rd125,2;
add.s64 %rd127,%rd13,%rd126;
selp.f32 %f29,%f25,%f9,%p38;
selp.f32 %f30,%f26,%f10,%p38;
selp.f32 %f31,%f27,%f11,%p38;
selp.f32 %f32,%f28,%f12,%p38;
st.global.v4.f32 [%rd127], {%f29,%f30,%f31,%f32};
selp.f32 %f33,%f13,%f25,%p38;
selp.f32 %f34,%f14,%f26,%p38;
selp.f32 %f35,%f15,%f27,%p38;
selp.f32 %f36,%f16,%f28,%p38;
st.global.v4.f32 [%rd127+32], {%f33,%f34,%f35,%f36};
bra.uni $L__BB0_74;
$L__BB0_55:
and.b32 %r242,%r55,2147483647;
setp.gt.u32 %p43,%r242,2139095040;
shr.u32 %r243,%r55,16;
and.b32 %r244,%r243,1;
add.s32 %r245,%r55,%r244;
add.s32 %r246,%r245,32767;
or.b32 %r247,%r55,4194304;
selp.b32 %r248,%r247,%r246,%p43;
and.b32 %r249,%r56,2147483647;
setp.gt.u32 %p44,%r249,2139095040;
shr.u32 %r250,%r56,16;
and.b32 %r251,%r250,1;
add.s32 %r252,%r56,%r251;
add.s32 %r253,%r252,32767;
or.b32 %r254,%r56,4194304;
selp.b32 %r255,%r254,%r253,%p44;
mov.u32 %r256,30258;
prmt.b32 %r324,%r248,%r255,%r256;
and.b32 %r257,%r57,2147483647;
setp.gt.u32 %p45,%r257,2139095040;
shr.u32 %r258,%r57,16;
and.b32 %r259,%r258,1;
add.s32 %r260,%r57,%r259;
add.s32 %r261,%r260,32767;
or.b32 %r262,%r57,4194304;
selp.b32 %r263,%r262,%r261,%p45;
and.b32 %r264,%r58,2147483647;
setp.gt.u32 %p46,%r264,2139095040;
shr.u32 %r265,%r58,16;
and.b32 %r266,%r265,1;
add.s32 %r267,%r58,%r266;
add.s32 %r268,%r267,32767;
or.b32 %r269,%r58,4194304;
selp.b32 %r270,%r269,%r268,%p46;
prmt.b32 %r325,%r263,%r270,%r256;
and.b32 %r271,%r59,2147483647;
setp.gt.u32 %p47,%r271,2139095040;
shr.u32 %r272,%r59,16;
and.b32 %r273,%r272,1;
add.s32 %r274,%r59,%r273;
add.s32 %r275,%r274,32767;
or.b32 %r276,%r59,4194304;
selp.b32 %r277,%r276,%r275,%p47;
and.b32 %r278,%r60,2147483647;
setp.gt.u32 %p48,%r278,2139095040;
shr.u32 %r279,%r60,16;
and.b32 %r280,%r279,1;
add.s32 %r281,%r60,%r280;
add.s32 %r282,%r281,32767;
or.b32 %r283,%r60,4194304;
selp.b32 %r284,%r283,%r282,%p48;
prmt.b32 %r326,%r277,%r284,%r256;
and.b32 %r285,%r61,2147483647;
setp.gt.u32 %p49,%r285,2139095040;
shr.u32 %r286,%r61,16;
and.b32 %r287,%r286,1;
add.s32 %r288,%r61,%r287;
add.s32 %r289,%r288,32767;
or.b32 %r290,%r61,4194304;
selp.b32 %r291,%r290,%r289,%p49;
and.b32 %r292,%r62,2147483647;
setp.gt.u32 %p50,%r292,2139095040;
shr.u32 %r293,%r62,16;
and.b32 %r294,%r293,1;
add.s32 %r295,%r62,%r294;
add.s32 %r296,%r295,32767;
or.b32 %r297,%r62,4194304;
selp.b32 %r298,%r297,%r296,%p50;
prmt.b32 %r327,%r291,%r298,%r256;
$L__BB0_56:
mul.wide.u32 %rd128,%r322,2;
add.s64 %rd16,%rd13,%rd128;
@%p1 bra $L__BB0_73;
bra.uni $L__BB0_57;
$L__BB0_73:
st.global.v4.u32 [%rd16], {%r324,%r325,%r326,%r327};
bra.uni $L__BB0_74;
$L__BB0_57:
setp.eq.s32 %p51,%r63,0;
@%p51 bra $L__BB0_59;
st.global.u16 [%rd16],%r324;
$L__BB0_59:
setp.lt.u32 %p52,%r63,2;
@%p52 bra $L__BB0_61;
shr.u32 %r299,%r324,16;
st.global.u16 [%rd16+2],%r299;
$L__BB0_61:
setp.lt.u32 %p53,%r63,3;
@%p53 bra $L__BB0_63;
st.global.u16 [%rd16+4],%r325;
$L__BB0_63:
setp.lt.u32 %p54,%r63,4;
@%p54 bra $L__BB0_65;
shr.u32 %r300,%r325,16;
st.global.u16 [%rd16+6],%r300;
$L__BB0_65:
setp.lt.u32 %p55,%r63,5;
@%p55 bra $L__BB0_67;
st.global.u16 [%rd16+8],%r326;
$L__BB0_67:
setp.lt.u32 %p56,%r63,6;
@%p56 bra $L__BB0_69;
shr.u32 %r301,%r326,16;
st.global.u16 [%rd16+10],%r301;
$L__BB0_69:
setp.lt.u32 %p57,%r63,7;
@%p57 bra $L__BB0_71;
st.global.u16 [%rd16+12],%r327;
$L__BB0_71:
setp.lt.u32 %p58,%r63,8;
@%p58 bra $L__BB0_74;
shr.u32 %r302,%r327,16;
st.global.u16 [%rd16+14],%r302;
bra.uni $L__BB0_74;
$L__BB0_38:
setp.eq.s32 %p30,%r63,0;
shl.b64 %rd124,%rd14,2;
add.s64 %rd15,%rd13,%rd124;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd15],%f9;
$L__BB0_40:
setp.lt.u32 %p31,%r63,2;
@%p31 bra $L__BB0_42;
st.global.f32 [%rd15+4],%f10;
$L__BB0_42:
setp.lt.u32 %p32,%r63,3;
@%p32 bra $L__BB0_44;
st.global.f32 [%rd15+8],%f11;
$L__BB0_44:
setp.lt.u32 %p33,%r63,4;
@%p33 bra $L__BB0_46;
st.global.f32 [%rd15+12],%f12;
$L__BB0_46:
setp.lt.u32 %p34,%r63,5;
@%p34 bra $L__BB0_48;
st.global.f32 [%rd15+16],%f13;
$L__BB0_48:
setp.lt.u32 %p35,%r63,6;
@%p35 bra $L__BB0_50;
st.global.f32 [%rd15+20],%f14;
$L__BB0_50:
setp.lt.u32 %p36,%r63,7;
@%p36 bra $L__BB0_52;
st.global.f32 [%rd15+24],%f15;
$L__BB0_52:
setp.lt.u32 %p37,%r63,8;
@%p37 bra $L__BB0_74;
st.global.f32 [%rd15+28],%f16;
$L__BB0_74:
add.s32 %r323,%r323,256;
shl.b32 %r322,%r323,3;
setp.lt.u32 %p59,%r322,%r5;
@%p59 bra $L__BB0_34;
$L__BB0_75:
bar.sync 0;
mov.u32 %r303,%nctaid.x;
cvt.u64.u32 %rd129,%r303;
add.s64 %rd130,%rd130,%rd129;
setp.lt.u64 %p60,%rd130,%rd1;
@%p60 bra $L__BB0_2;
$L__BB0_76:
ret;
}
)ptx"},
{tensor_type::i8, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_i8(
.param .u64 cria_dequantize_i8_param_0,
.param .u64 cria_dequantize_i8_param_1,
.param .u64 cria_dequantize_i8_param_2,
.param .u32 cria_dequantize_i8_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<63>;
.reg .b16 %rs<17>;
.reg .f32 %f<29>;
.reg .b32 %r<266>;
.reg .b64 %rd<120>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format2i8EEEvPKhyPhjE4tile[8208];
ld.param.u64 %rd9, [cria_dequantize_i8_param_0];
ld.param.u64 %rd10, [cria_dequantize_i8_param_1];
ld.param.u64 %rd11, [cria_dequantize_i8_param_2];
ld.param.u32 %r59, [cria_dequantize_i8_param_3];
and.b64 %rd12,%rd10,8191;
setp.ne.s64 %p1,%rd12,0;
selp.u64 %rd13,1,0,%p1;
shr.u64 %rd14,%rd10,13;
add.s64 %rd15,%rd14,%rd13;
mov.u32 %r60,%ctaid.x;
cvt.u64.u32 %rd119,%r60;
setp.le.u64 %p2,%rd15,%rd119;
@%p2 bra $L__BB0_68;
mov.u32 %r65,%tid.x;
add.s32 %r66,%r65,1;
$L__BB0_2:
shl.b64 %rd3,%rd119,13;
sub.s64 %rd16,%rd10,%rd3;
min.u64 %rd17,%rd16,8192;
cvt.u32.u64 %r1,%rd17;
add.s64 %rd4,%rd9,%rd3;
and.b64 %rd18,%rd4,15;
setp.eq.s64 %p3,%rd18,0;
@%p3 bra $L__BB0_14;
cvt.u32.u64 %r61,%rd4;
and.b32 %r2,%r61,3;
add.s32 %r62,%r2,%r1;
setp.lt.u32 %p4,%r62,8;
add.s32 %r63,%r62, -4;
shr.u32 %r64,%r63,2;
selp.b32 %r3,1,%r64,%p4;
setp.ge.u32 %p5,%r66,%r3;
@%p5 bra $L__BB0_11;
cvt.u64.u32 %rd19,%r2;
sub.s64 %rd20,%rd3,%rd19;
add.s64 %rd5,%rd9,%rd20;
shl.b32 %r4,%r2,3;
mov.u32 %r67,%tid.x;
mov.u32 %r68, -2;
sub.s32 %r69,%r68,%r67;
add.s32 %r5,%r69,%r3;
shr.u32 %r70,%r5,8;
add.s32 %r71,%r70,1;
and.b32 %r6,%r71,3;
setp.eq.s32 %p6,%r6,0;
add.s32 %r250,%r67,1;
@%p6 bra $L__BB0_8;
add.s32 %r79,%r67,1;
mul.wide.u32 %rd23,%r79,4;
add.s64 %rd21,%rd5,%rd23;
ld.global.nc.u32 %r72, [%rd21];
add.s64 %rd22,%rd21,4;
ld.global.nc.u32 %r73, [%rd22];
shf.r.wrap.b32 %r74,%r72,%r73,%r4;
mov.u64 %rd24, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format2i8EEEvPKhyPhjE4tile;
add.s64 %rd25,%rd24,%rd23;
st.shared.u32 [%rd25],%r74;
add.s32 %r250,%r67,257;
setp.eq.s32 %p7,%r6,1;
@%p7 bra $L__BB0_8;
add.s32 %r87,%r67,257;
mul.wide.u32 %rd28,%r87,4;
add.s64 %rd26,%rd5,%rd28;
ld.global.nc.u32 %r80, [%rd26];
add.s64 %rd27,%rd26,4;
ld.global.nc.u32 %r81, [%rd27];
shf.r.wrap.b32 %r82,%r80,%r81,%r4;
add.s64 %rd30,%rd24,%rd28;
st.shared.u32 [%rd30],%r82;
add.s32 %r250,%r67,513;
setp.eq.s32 %p8,%r6,2;
@%p8 bra $L__BB0_8;
add.s32 %r95,%r67,513;
mul.wide.u32 %rd33,%r95,4;
add.s64 %rd31,%rd5,%rd33;
ld.global.nc.u32 %r88, [%rd31];
add.s64 %rd32,%rd31,4;
ld.global.nc.u32 %r89, [%rd32];
shf.r.wrap.b32 %r90,%r88,%r89,%r4;
add.s64 %rd35,%rd24,%rd33;
st.shared.u32 [%rd35],%r90;
add.s32 %r250,%r67,769;
$L__BB0_8:
setp.lt.u32 %p9,%r5,768;
@%p9 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd44,%r250,4;
add.s64 %rd36,%rd5,%rd44;
ld.global.nc.u32 %r96, [%rd36];
add.s64 %rd37,%rd36,4;
ld.global.nc.u32 %r97, [%rd37];
shf.r.wrap.b32 %r98,%r96,%r97,%r4;
mov.u64 %rd45, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format2i8EEEvPKhyPhjE4tile;
add.s64 %rd46,%rd45,%rd44;
st.shared.u32 [%rd46],%r98;
add.s32 %r120,%r250,256;
mul.wide.u32 %rd47,%r120,4;
add.s64 %rd38,%rd5,%rd47;
ld.global.nc.u32 %r102, [%rd38];
add.s64 %rd39,%rd38,4;
ld.global.nc.u32 %r103, [%rd39];
shf.r.wrap.b32 %r104,%r102,%r103,%r4;
add.s64 %rd48,%rd45,%rd47;
st.shared.u32 [%rd48],%r104;
add.s32 %r121,%r250,512;
mul.wide.u32 %rd49,%r121,4;
add.s64 %rd40,%rd5,%rd49;
ld.global.nc.u32 %r108, [%rd40];
add.s64 %rd41,%rd40,4;
ld.global.nc.u32 %r109, [%rd41];
shf.r.wrap.b32 %r110,%r108,%r109,%r4;
add.s64 %rd50,%rd45,%rd49;
st.shared.u32 [%rd50],%r110;
add.s32 %r122,%r250,768;
mul.wide.u32 %rd51,%r122,4;
add.s64 %rd42,%rd5,%rd51;
ld.global.nc.u32 %r114, [%rd42];
add.s64 %rd43,%rd42,4;
ld.global.nc.u32 %r115, [%rd43];
shf.r.wrap.b32 %r116,%r114,%r115,%r4;
add.s64 %rd52,%rd45,%rd51;
st.shared.u32 [%rd52],%r116;
add.s32 %r250,%r250,1024;
setp.lt.u32 %p10,%r250,%r3;
@%p10 bra $L__BB0_10;
$L__BB0_11:
mov.u32 %r123,%tid.x;
setp.gt.u32 %p11,%r123,15;
@%p11 bra $L__BB0_24;
setp.lt.u32 %p12,%r123,4;
shl.b32 %r125,%r3,2;
add.s32 %r126,%r123,%r125;
add.s32 %r127,%r126, -4;
selp.b32 %r14,%r123,%r127,%p12;
setp.ge.u32 %p13,%r14,%r1;
@%p13 bra $L__BB0_24;
cvt.u64.u32 %rd53,%r14;
add.s64 %rd54,%rd3,%rd53;
cvta.to.global.u64 %rd55,%rd9;
add.s64 %rd56,%rd55,%rd54;
ld.global.u8 %rs1, [%rd56];
mov.u64 %rd57, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format2i8EEEvPKhyPhjE4tile;
add.s64 %rd58,%rd57,%rd53;
st.shared.u8 [%rd58],%rs1;
bra.uni $L__BB0_24;
$L__BB0_14:
shr.u32 %r15,%r1,4;
mov.u32 %r129,%tid.x;
setp.ge.u32 %p14,%r129,%r15;
@%p14 bra $L__BB0_16;
mul.wide.u32 %rd60,%r129,16;
add.s64 %rd59,%rd4,%rd60;
ld.global.nc.v4.u32 {%r255,%r254,%r253,%r252}, [%rd59];
$L__BB0_16:
add.s32 %r137,%r129,256;
setp.ge.u32 %p15,%r137,%r15;
@%p15 bra $L__BB0_18;
mul.wide.u32 %rd62,%r129,16;
add.s64 %rd63,%rd4,%rd62;
add.s64 %rd61,%rd63,4096;
ld.global.nc.v4.u32 {%r256,%r257,%r258,%r259}, [%rd61];
$L__BB0_18:
@%p14 bra $L__BB0_20;
mul.wide.u32 %rd64,%r129,16;
mov.u64 %rd65, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format2i8EEEvPKhyPhjE4tile;
add.s64 %rd66,%rd65,%rd64;
st.shared.v4.u32 [%rd66], {%r255,%r254,%r253,%r252};
$L__BB0_20:
@%p15 bra $L__BB0_22;
mul.wide.u32 %rd67,%r137,16;
mov.u64 %rd68, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format2i8EEEvPKhyPhjE4tile;
add.s64 %rd69,%rd68,%rd67;
st.shared.v4.u32 [%rd69], {%r256,%r257,%r258,%r259};
$L__BB0_22:
and.b32 %r149,%r1,15;
setp.ge.u32 %p18,%r129,%r149;
@%p18 bra $L__BB0_24;
and.b32 %r151,%r1,16368;
add.s32 %r153,%r151,%r129;
cvt.u64.u32 %rd70,%r153;
add.s64 %rd71,%rd3,%rd70;
cvta.to.global.u64 %rd72,%rd9;
add.s64 %rd73,%rd72,%rd71;
ld.global.u8 %rs2, [%rd73];
mov.u64 %rd74, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format2i8EEEvPKhyPhjE4tile;
add.s64 %rd75,%rd74,%rd70;
st.shared.u8 [%rd75],%rs2;
$L__BB0_24:
bar.sync 0;
shl.b32 %r260,%r65,3;
setp.ge.u32 %p19,%r260,%r1;
@%p19 bra $L__BB0_67;
mov.u32 %r261,%r65;
$L__BB0_26:
.pragma "nounroll";
cvt.u64.u32 %rd76,%r260;
mov.u64 %rd77, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format2i8EEEvPKhyPhjE4tile;
add.s64 %rd78,%rd77,%rd76;
ld.shared.v2.u32 {%r156,%r157}, [%rd78];
cvt.u16.u32 %rs3,%r156;
cvt.s16.s8 %rs4,%rs3;
cvt.rn.f32.s16 %f1,%rs4;
mov.b32 %r36,%f1;
shr.s16 %rs5,%rs3,8;
cvt.rn.f32.s16 %f2,%rs5;
mov.b32 %r37,%f2;
shr.u32 %r160,%r156,16;
cvt.u16.u32 %rs6,%r160;
cvt.s16.s8 %rs7,%rs6;
cvt.rn.f32.s16 %f3,%rs7;
mov.b32 %r38,%f3;
shr.u32 %r161,%r156,24;
cvt.u16.u32 %rs8,%r161;
cvt.s16.s8 %rs9,%rs8;
cvt.rn.f32.s16 %f4,%rs9;
mov.b32 %r39,%f4;
cvt.u16.u32 %rs10,%r157;
cvt.s16.s8 %rs11,%rs10;
cvt.rn.f32.s16 %f5,%rs11;
mov.b32 %r40,%f5;
shr.s16 %rs12,%rs10,8;
cvt.rn.f32.s16 %f6,%rs12;
mov.b32 %r41,%f6;
shr.u32 %r162,%r157,16;
cvt.u16.u32 %rs13,%r162;
cvt.s16.s8 %rs14,%rs13;
cvt.rn.f32.s16 %f7,%rs14;
mov.b32 %r42,%f7;
shr.u32 %r163,%r157,24;
cvt.u16.u32 %rs15,%r163;
cvt.s16.s8 %rs16,%rs15;
cvt.rn.f32.s16 %f8,%rs16;
mov.b32 %r43,%f8;
sub.s32 %r44,%r1,%r260;
setp.eq.s32 %p20,%r59,0;
@%p20 bra $L__BB0_29;
setp.ne.s32 %p21,%r59,1;
@%p21 bra $L__BB0_47;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f1;
cvt.rn.f16.f32 upper,%f2;
mov.b32 %r262, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f3;
cvt.rn.f16.f32 upper,%f4;
mov.b32 %r263, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f5;
cvt.rn.f16.f32 upper,%f6;
mov.b32 %r264, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f7;
cvt.rn.f16.f32 upper,%f8;
mov.b32 %r265, {lower, upper};
}
bra.uni $L__BB0_48;
$L__BB0_29:
and.b64 %rd82,%rd11,15;
setp.eq.s64 %p22,%rd82,0;
setp.eq.s32 %p23,%r1,8192;
and.pred %p24,%p22,%p23;
@%p24 bra $L__BB0_46;
bra.uni $L__BB0_30;
$L__BB0_46:
cvta.to.global.u64 %rd92,%rd11;
selp.b64 %rd93,4,2,%p20;
mul.lo.s64 %rd94,%rd119,%rd93;
shl.b64 %rd95,%rd94,13;
add.s64 %rd96,%rd92,%rd95;
mov.u32 %r170,%tid.x;
mov.u32 %r171,1;
and.b32 %r172,%r170,1;
setp.eq.b32 %p35,%r172,1;
selp.b32 %r173,%r36,%r40,%p35;
mov.u32 %r174,31;
mov.u32 %r175, -1;
shfl.sync.bfly.b32 %r176|%p36,%r173,%r171,%r174,%r175;
mov.b32 %f17,%r176;
selp.b32 %r177,%r37,%r41,%p35;
shfl.sync.bfly.b32 %r178|%p37,%r177,%r171,%r174,%r175;
mov.b32 %f18,%r178;
selp.b32 %r179,%r38,%r42,%p35;
shfl.sync.bfly.b32 %r180|%p38,%r179,%r171,%r174,%r175;
mov.b32 %f19,%r180;
selp.b32 %r181,%r39,%r43,%p35;
shfl.sync.bfly.b32 %r182|%p39,%r181,%r171,%r174,%r175;
mov.b32 %f20,%r182;
shl.b32 %r183,%r170,2;
and.b32 %r184,%r183,4;
neg.s32 %r185,%r184;
cvt.s64.s32 %rd97,%r185;
add.s64 %rd99,%rd76,%rd97;
shl.b64 %rd100,%rd99,2;
add.s64 %rd101,%rd96,%rd100;
selp.f32 %f21,%f17,%f1,%p35;
selp.f32 %f22,%f18,%f2,%p35;
selp.f32 %f23,%f19,%f3,%p35;
selp.f32 %f24,%f20,%f4,%p35;
st.global.v4.f32 [%rd101], {%f21,%f22,%f23,%f24};
selp.f32 %f25,%f5,%f17,%p35;
selp.f32 %f26,%f6,%f18,%p35;
selp.f32 %f27,%f7,%f19,%p35;
selp.f32 %f28,%f8,%f20,%p35;
st.global.v4.f32 [%rd101+32], {%f25,%f26,%f27,%f28};
bra.uni $L__BB0_66;
$L__BB0_47:
and.b32 %r186,%r36,2147483647;
setp.gt.u32 %p40,%r186,2139095040;
shr.u32 %r187,%r36,16;
and.b32 %r188,%r187,1;
add.s32 %r189,%r36,%r188;
add.s32 %r190,%r189,32767;
or.b32 %r191,%r36,4194304;
selp.b32 %r192,%r191,%r190,%p40;
and.b32 %r193,%r37,2147483647;
setp.gt.u32 %p41,%r193,2139095040;
shr.u32 %r194,%r37,16;
and.b32 %r195,%r194,1;
add.s32 %r196,%r37,%r195;
add.s32 %r197,%r196,32767;
or.b32 %r198,%r37,4194304;
selp.b32 %r199,%r198,%r197,%p41;
mov.u32 %r200,30258;
prmt.b32 %r262,%r192,%r199,%r200;
and.b32 %r201,%r38,2147483647;
setp.gt.u32 %p42,%r201,2139095040;
shr.u32 %r202,%r38,16;
and.b32 %r203,%r202,1;
add.s32 %r204,%r38,%r203;
add.s32 %r205,%r204,32767;
or.b32 %r206,%r38,4194304;
selp.b32 %r207,%r206,%r205,%p42;
and.b32 %r208,%r39,2147483647;
setp.gt.u32 %p43,%r208,2139095040;
shr.u32 %r209,%r39,16;
and.b32 %r210,%r209,1;
add.s32 %r211,%r39,%r210;
add.s32 %r212,%r211,32767;
or.b32 %r213,%r39,4194304;
selp.b32 %r214,%r213,%r212,%p43;
prmt.b32 %r263,%r207,%r214,%r200;
and.b32 %r215,%r40,2147483647;
setp.gt.u32 %p44,%r215,2139095040;
shr.u32 %r216,%r40,16;
and.b32 %r217,%r216,1;
add.s32 %r218,%r40,%r217;
add.s32 %r219,%r218,32767;
or.b32 %r220,%r40,4194304;
selp.b32 %r221,%r220,%r219,%p44;
and.b32 %r222,%r41,2147483647;
setp.gt.u32 %p45,%r222,2139095040;
shr.u32 %r223,%r41,16;
and.b32 %r224,%r223,1;
add.s32 %r225,%r41,%r224;
add.s32 %r226,%r225,32767;
or.b32 %r227,%r41,4194304;
selp.b32 %r228,%r227,%r226,%p45;
prmt.b32 %r264,%r221,%r228,%r200;
and.b32 %r229,%r42,2147483647;
setp.gt.u32 %p46,%r229,2139095040;
shr.u32 %r230,%r42,16;
and.b32 %r231,%r230,1;
add.s32 %r232,%r42,%r231;
add.s32 %r233,%r232,32767;
or.b32 %r234,%r42,4194304;
selp.b32 %r235,%r234,%r233,%p46;
and.b32 %r236,%r43,2147483647;
setp.gt.u32 %p47,%r236,2139095040;
shr.u32 %r237,%r43,16;
and.b32 %r238,%r237,1;
add.s32 %r239,%r43,%r238;
add.s32 %r240,%r239,32767;
or.b32 %r241,%r43,4194304;
selp.b32 %r242,%r241,%r240,%p47;
prmt.b32 %r265,%r235,%r242,%r200;
$L__BB0_48:
selp.b64 %rd102,4,2,%p20;
mul.lo.s64 %rd104,%rd3,%rd102;
cvta.to.global.u64 %rd105,%rd11;
add.s64 %rd106,%rd105,%rd104;
mul.wide.u32 %rd107,%r260,2;
add.s64 %rd7,%rd106,%rd107;
and.b64 %rd108,%rd11,15;
setp.eq.s64 %p49,%rd108,0;
setp.eq.s32 %p50,%r1,8192;
and.pred %p51,%p49,%p50;
@%p51 bra $L__BB0_65;
bra.uni $L__BB0_49;
$L__BB0_65:
st.global.v4.u32 [%rd7], {%r262,%r263,%r264,%r265};
bra.uni $L__BB0_66;
$L__BB0_49:
setp.eq.s32 %p52,%r44,0;
@%p52 bra $L__BB0_51;
st.global.u16 [%rd7],%r262;
$L__BB0_51:
setp.lt.u32 %p53,%r44,2;
@%p53 bra $L__BB0_53;
shr.u32 %r244,%r262,16;
st.global.u16 [%rd7+2],%r244;
$L__BB0_53:
setp.lt.u32 %p54,%r44,3;
@%p54 bra $L__BB0_55;
st.global.u16 [%rd7+4],%r263;
$L__BB0_55:
setp.lt.u32 %p55,%r44,4;
@%p55 bra $L__BB0_57;
shr.u32 %r245,%r263,16;
st.global.u16 [%rd7+6],%r245;
$L__BB0_57:
setp.lt.u32 %p56,%r44,5;
@%p56 bra $L__BB0_59;
st.global.u16 [%rd7+8],%r264;
$L__BB0_59:
setp.lt.u32 %p57,%r44,6;
@%p57 bra $L__BB0_61;
shr.u32 %r246,%r264,16;
st.global.u16 [%rd7+10],%r246;
$L__BB0_61:
setp.lt.u32 %p58,%r44,7;
@%p58 bra $L__BB0_63;
st.global.u16 [%rd7+12],%r265;
$L__BB0_63:
setp.lt.u32 %p59,%r44,8;
@%p59 bra $L__BB0_66;
shr.u32 %r247,%r265,16;
st.global.u16 [%rd7+14],%r247;
bra.uni $L__BB0_66;
$L__BB0_30:
setp.eq.s32 %p25,%r44,0;
selp.b64 %rd86,4,2,%p20;
mul.lo.s64 %rd87,%rd119,%rd86;
shl.b64 %rd88,%rd87,13;
cvta.to.global.u64 %rd89,%rd11;
add.s64 %rd90,%rd89,%rd88;
mul.wide.u32 %rd91,%r260,4;
add.s64 %rd6,%rd90,%rd91;
@%p25 bra $L__BB0_32;
st.global.f32 [%rd6],%f1;
$L__BB0_32:
setp.lt.u32 %p27,%r44,2;
@%p27 bra $L__BB0_34;
st.global.f32 [%rd6+4],%f2;
$L__BB0_34:
setp.lt.u32 %p28,%r44,3;
@%p28 bra $L__BB0_36;
st.global.f32 [%rd6+8],%f3;
$L__BB0_36:
setp.lt.u32 %p29,%r44,4;
@%p29 bra $L__BB0_38;
st.global.f32 [%rd6+12],%f4;
$L__BB0_38:
setp.lt.u32 %p30,%r44,5;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd6+16],%f5;
$L__BB0_40:
setp.lt.u32 %p31,%r44,6;
@%p31 bra $L__BB0_42;
st.global.f32 [%rd6+20],%f6;
$L__BB0_42:
setp.lt.u32 %p32,%r44,7;
@%p32 bra $L__BB0_44;
st.global.f32 [%rd6+24],%f7;
$L__BB0_44:
setp.lt.u32 %p33,%r44,8;
@%p33 bra $L__BB0_66;
st.global.f32 [%rd6+28],%f8;
$L__BB0_66:
add.s32 %r261,%r261,256;
shl.b32 %r260,%r261,3;
setp.lt.u32 %p60,%r260,%r1;
@%p60 bra $L__BB0_26;
$L__BB0_67:
bar.sync 0;
mov.u32 %r249,%nctaid.x;
cvt.u64.u32 %rd114,%r249;
add.s64 %rd119,%rd119,%rd114;
setp.lt.u64 %p62,%rd119,%rd15;
@%p62 bra $L__BB0_2;
$L__BB0_68:
ret;
}
)ptx"},
{tensor_type::i16, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_i16(
.param .u64 cria_dequantize_i16_param_0,
.param .u64 cria_dequantize_i16_param_1,
.param .u64 cria_dequantize_i16_param_2,
.param .u32 cria_dequantize_i16_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<61>;
.reg .b16 %rs<11>;
.reg .f32 %f<29>;
.reg .b32 %r<308>;
.reg .b64 %rd<107>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format3i16EEEvPKhyPhjE4tile[16400];
ld.param.u64 %rd19, [cria_dequantize_i16_param_0];
ld.param.u64 %rd20, [cria_dequantize_i16_param_1];
ld.param.u64 %rd21, [cria_dequantize_i16_param_2];
ld.param.u32 %r78, [cria_dequantize_i16_param_3];
shr.u64 %rd22,%rd20,13;
and.b64 %rd23,%rd20,8191;
setp.ne.s64 %p2,%rd23,0;
selp.u64 %rd24,1,0,%p2;
add.s64 %rd1,%rd22,%rd24;
mov.u32 %r79,%ctaid.x;
cvt.u64.u32 %rd106,%r79;
setp.le.u64 %p3,%rd1,%rd106;
@%p3 bra $L__BB0_76;
and.b64 %rd3,%rd21,15;
setp.eq.s32 %p4,%r78,0;
selp.b64 %rd4,4,2,%p4;
mov.u32 %r1,%tid.x;
shl.b32 %r2,%r1,3;
add.s32 %r80,%r1,1;
and.b32 %r3,%r1,1;
shl.b32 %r81,%r1,2;
and.b32 %r82,%r81,4;
neg.s32 %r83,%r82;
cvt.s64.s32 %rd5,%r83;
add.s32 %r4,%r1,512;
mul.wide.u32 %rd25,%r80,4;
mov.u64 %rd26, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format3i16EEEvPKhyPhjE4tile;
add.s64 %rd6,%rd26,%rd25;
add.s32 %r84,%r1,257;
mul.wide.u32 %rd27,%r84,4;
add.s64 %rd7,%rd26,%rd27;
add.s32 %r85,%r1,513;
mul.wide.u32 %rd28,%r85,4;
add.s64 %rd8,%rd26,%rd28;
$L__BB0_2:
shl.b64 %rd10,%rd106,13;
sub.s64 %rd29,%rd20,%rd10;
min.u64 %rd30,%rd29,8192;
cvt.u32.u64 %r5,%rd30;
shl.b64 %rd11,%rd106,14;
add.s64 %rd12,%rd19,%rd11;
shl.b32 %r6,%r5,1;
and.b64 %rd31,%rd12,15;
setp.eq.s64 %p5,%rd31,0;
@%p5 bra $L__BB0_14;
cvt.u32.u64 %r86,%rd12;
and.b32 %r7,%r86,3;
add.s32 %r87,%r6,%r7;
setp.lt.u32 %p6,%r87,8;
add.s32 %r88,%r87, -4;
shr.u32 %r89,%r88,2;
selp.b32 %r8,1,%r89,%p6;
mov.u32 %r90,%tid.x;
add.s32 %r284,%r90,1;
setp.ge.u32 %p7,%r284,%r8;
@%p7 bra $L__BB0_11;
cvt.u64.u32 %rd32,%r7;
sub.s64 %rd33,%rd11,%rd32;
add.s64 %rd13,%rd19,%rd33;
shl.b32 %r9,%r7,3;
mov.u32 %r93, -2;
sub.s32 %r94,%r93,%r90;
add.s32 %r10,%r94,%r8;
shr.u32 %r95,%r10,8;
add.s32 %r96,%r95,1;
and.b32 %r11,%r96,3;
setp.eq.s32 %p8,%r11,0;
@%p8 bra $L__BB0_8;
add.s32 %r104,%r90,1;
mul.wide.u32 %rd36,%r104,4;
add.s64 %rd34,%rd13,%rd36;
ld.global.nc.u32 %r97, [%rd34];
add.s64 %rd35,%rd34,4;
ld.global.nc.u32 %r98, [%rd35];
shf.r.wrap.b32 %r99,%r97,%r98,%r9;
st.shared.u32 [%rd6],%r99;
add.s32 %r284,%r90,257;
setp.eq.s32 %p9,%r11,1;
@%p9 bra $L__BB0_8;
add.s32 %r112,%r90,257;
mul.wide.u32 %rd39,%r112,4;
add.s64 %rd37,%rd13,%rd39;
ld.global.nc.u32 %r105, [%rd37];
add.s64 %rd38,%rd37,4;
ld.global.nc.u32 %r106, [%rd38];
shf.r.wrap.b32 %r107,%r105,%r106,%r9;
st.shared.u32 [%rd7],%r107;
add.s32 %r284,%r90,513;
setp.eq.s32 %p10,%r11,2;
@%p10 bra $L__BB0_8;
add.s32 %r120,%r90,513;
mul.wide.u32 %rd42,%r120,4;
add.s64 %rd40,%rd13,%rd42;
ld.global.nc.u32 %r113, [%rd40];
add.s64 %rd41,%rd40,4;
ld.global.nc.u32 %r114, [%rd41];
shf.r.wrap.b32 %r115,%r113,%r114,%r9;
st.shared.u32 [%rd8],%r115;
add.s32 %r284,%r90,769;
$L__BB0_8:
setp.lt.u32 %p11,%r10,768;
@%p11 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd51,%r284,4;
add.s64 %rd43,%rd13,%rd51;
ld.global.nc.u32 %r121, [%rd43];
add.s64 %rd44,%rd43,4;
ld.global.nc.u32 %r122, [%rd44];
shf.r.wrap.b32 %r123,%r121,%r122,%r9;
add.s64 %rd53,%rd26,%rd51;
st.shared.u32 [%rd53],%r123;
add.s32 %r145,%r284,256;
mul.wide.u32 %rd54,%r145,4;
add.s64 %rd45,%rd13,%rd54;
ld.global.nc.u32 %r127, [%rd45];
add.s64 %rd46,%rd45,4;
ld.global.nc.u32 %r128, [%rd46];
shf.r.wrap.b32 %r129,%r127,%r128,%r9;
add.s64 %rd55,%rd26,%rd54;
st.shared.u32 [%rd55],%r129;
add.s32 %r146,%r284,512;
mul.wide.u32 %rd56,%r146,4;
add.s64 %rd47,%rd13,%rd56;
ld.global.nc.u32 %r133, [%rd47];
add.s64 %rd48,%rd47,4;
ld.global.nc.u32 %r134, [%rd48];
shf.r.wrap.b32 %r135,%r133,%r134,%r9;
add.s64 %rd57,%rd26,%rd56;
st.shared.u32 [%rd57],%r135;
add.s32 %r147,%r284,768;
mul.wide.u32 %rd58,%r147,4;
add.s64 %rd49,%rd13,%rd58;
ld.global.nc.u32 %r139, [%rd49];
add.s64 %rd50,%rd49,4;
ld.global.nc.u32 %r140, [%rd50];
shf.r.wrap.b32 %r141,%r139,%r140,%r9;
add.s64 %rd59,%rd26,%rd58;
st.shared.u32 [%rd59],%r141;
add.s32 %r284,%r284,1024;
setp.lt.u32 %p12,%r284,%r8;
@%p12 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p13,%r1,15;
@%p13 bra $L__BB0_32;
setp.lt.u32 %p14,%r90,4;
shl.b32 %r149,%r8,2;
add.s32 %r150,%r90,%r149;
add.s32 %r151,%r150, -4;
selp.b32 %r19,%r90,%r151,%p14;
setp.ge.u32 %p15,%r19,%r6;
@%p15 bra $L__BB0_32;
cvt.u64.u32 %rd60,%r19;
add.s64 %rd61,%rd11,%rd60;
cvta.to.global.u64 %rd62,%rd19;
add.s64 %rd63,%rd62,%rd61;
ld.global.u8 %rs1, [%rd63];
add.s64 %rd65,%rd26,%rd60;
st.shared.u8 [%rd65],%rs1;
bra.uni $L__BB0_32;
$L__BB0_14:
shr.u32 %r20,%r5,3;
setp.ge.u32 %p16,%r1,%r20;
@%p16 bra $L__BB0_16;
mov.u32 %r157,%tid.x;
mul.wide.u32 %rd67,%r157,16;
add.s64 %rd66,%rd12,%rd67;
ld.global.nc.v4.u32 {%r289,%r288,%r287,%r286}, [%rd66];
$L__BB0_16:
mov.u32 %r159,%tid.x;
add.s32 %r160,%r159,256;
setp.ge.u32 %p17,%r160,%r20;
@%p17 bra $L__BB0_18;
mul.wide.u32 %rd69,%r159,16;
add.s64 %rd70,%rd12,%rd69;
add.s64 %rd68,%rd70,4096;
ld.global.nc.v4.u32 {%r293,%r292,%r291,%r290}, [%rd68];
$L__BB0_18:
setp.ge.u32 %p18,%r4,%r20;
@%p18 bra $L__BB0_20;
mul.wide.u32 %rd72,%r159,16;
add.s64 %rd73,%rd12,%rd72;
add.s64 %rd71,%rd73,8192;
ld.global.nc.v4.u32 {%r297,%r296,%r295,%r294}, [%rd71];
$L__BB0_20:
add.s32 %r174,%r159,768;
setp.ge.u32 %p19,%r174,%r20;
@%p19 bra $L__BB0_22;
mul.wide.u32 %rd75,%r159,16;
add.s64 %rd76,%rd12,%rd75;
add.s64 %rd74,%rd76,12288;
ld.global.nc.v4.u32 {%r298,%r299,%r300,%r301}, [%rd74];
$L__BB0_22:
@%p16 bra $L__BB0_24;
mul.wide.u32 %rd77,%r159,16;
add.s64 %rd79,%rd26,%rd77;
st.shared.v4.u32 [%rd79], {%r289,%r288,%r287,%r286};
$L__BB0_24:
@%p17 bra $L__BB0_26;
mul.wide.u32 %rd80,%r160,16;
add.s64 %rd82,%rd26,%rd80;
st.shared.v4.u32 [%rd82], {%r293,%r292,%r291,%r290};
$L__BB0_26:
@%p18 bra $L__BB0_28;
add.s32 %r186,%r159,512;
mul.wide.u32 %rd83,%r186,16;
add.s64 %rd85,%rd26,%rd83;
st.shared.v4.u32 [%rd85], {%r297,%r296,%r295,%r294};
$L__BB0_28:
@%p19 bra $L__BB0_30;
mul.wide.u32 %rd86,%r174,16;
add.s64 %rd88,%rd26,%rd86;
st.shared.v4.u32 [%rd88], {%r298,%r299,%r300,%r301};
$L__BB0_30:
and.b32 %r191,%r6,14;
setp.ge.u32 %p24,%r1,%r191;
@%p24 bra $L__BB0_32;
and.b32 %r192,%r6,32752;
add.s32 %r193,%r192,%r1;
cvt.u64.u32 %rd89,%r193;
add.s64 %rd90,%rd11,%rd89;
cvta.to.global.u64 %rd91,%rd19;
add.s64 %rd92,%rd91,%rd90;
ld.global.u8 %rs2, [%rd92];
add.s64 %rd94,%rd26,%rd89;
st.shared.u8 [%rd94],%rs2;
$L__BB0_32:
setp.eq.s64 %p25,%rd3,0;
bar.sync 0;
setp.eq.s32 %p26,%r5,8192;
and.pred %p1,%p25,%p26;
setp.ge.u32 %p27,%r2,%r5;
@%p27 bra $L__BB0_75;
mul.lo.s64 %rd95,%rd10,%rd4;
cvta.to.global.u64 %rd96,%rd21;
add.s64 %rd14,%rd96,%rd95;
mov.u32 %r302,%r2;
mov.u32 %r303,%r1;
$L__BB0_34:
.pragma "nounroll";
shl.b32 %r194,%r303,4;
cvt.u64.u32 %rd97,%r194;
add.s64 %rd99,%rd26,%rd97;
ld.shared.v4.u32 {%r195,%r196,%r197,%r198}, [%rd99];
cvt.u16.u32 %rs3,%r195;
cvt.rn.f32.s16 %f1,%rs3;
mov.b32 %r55,%f1;
shr.u32 %r203,%r195,16;
cvt.u16.u32 %rs4,%r203;
cvt.rn.f32.s16 %f2,%rs4;
mov.b32 %r56,%f2;
cvt.u16.u32 %rs5,%r196;
cvt.rn.f32.s16 %f3,%rs5;
mov.b32 %r57,%f3;
shr.u32 %r204,%r196,16;
cvt.u16.u32 %rs6,%r204;
cvt.rn.f32.s16 %f4,%rs6;
mov.b32 %r58,%f4;
cvt.u16.u32 %rs7,%r197;
cvt.rn.f32.s16 %f5,%rs7;
mov.b32 %r59,%f5;
shr.u32 %r205,%r197,16;
cvt.u16.u32 %rs8,%r205;
cvt.rn.f32.s16 %f6,%rs8;
mov.b32 %r60,%f6;
cvt.u16.u32 %rs9,%r198;
cvt.rn.f32.s16 %f7,%rs9;
mov.b32 %r61,%f7;
shr.u32 %r206,%r198,16;
cvt.u16.u32 %rs10,%r206;
cvt.rn.f32.s16 %f8,%rs10;
mov.b32 %r62,%f8;
sub.s32 %r63,%r5,%r302;
@%p4 bra $L__BB0_37;
setp.ne.s32 %p29,%r78,1;
@%p29 bra $L__BB0_55;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f1;
cvt.rn.f16.f32 upper,%f2;
mov.b32 %r304, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f3;
cvt.rn.f16.f32 upper,%f4;
mov.b32 %r305, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f5;
cvt.rn.f16.f32 upper,%f6;
mov.b32 %r306, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f7;
cvt.rn.f16.f32 upper,%f8;
mov.b32 %r307, {lower, upper};
}
bra.uni $L__BB0_56;
$L__BB0_37:
cvt.u64.u32 %rd15,%r302;
@%p1 bra $L__BB0_54;
bra.uni $L__BB0_38;
$L__BB0_54:
setp.ne.s32 %p38,%r3,0;
selp.b32 %r211,%r55,%r59,%p38;
mov.u32 %r212,31;
mov.u32 %r213,1;
mov.u32 %r214, -1;
shfl.sync.bfly.b32 %r215|%p39,%r211,%r213,%r212,%r214;
mov.b32 %f17,%r215;
selp.b32 %r216,%r56,%r60,%p38;
shfl.sync.bfly.b32 %r217|%p40,%r216,%r213,%r212,%r214;
mov.b32 %f18,%r217;
selp.b32 %r218,%r57,%r61,%p38;
shfl.sync.bfly.b32 %r219|%p41,%r218,%r213,%r212,%r214;
mov.b32 %f19,%r219;
selp.b32 %r220,%r58,%r62,%p38;
shfl.sync.bfly.b32 %r221|%p42,%r220,%r213,%r212,%r214;
mov.b32 %f20,%r221;
add.s64 %rd101,%rd15,%rd5;
shl.b64 %rd102,%rd101,2;
add.s64 %rd103,%rd14,%rd102;
selp.f32 %f21,%f17,%f1,%p38;
selp.f32 %f22,%f18,%f2,%p38;
selp.f32 %f23,%f19,%f3,%p38;
selp.f32 %f24,%f20,%f4,%p38;
st.global.v4.f32 [%rd103], {%f21,%f22,%f23,%f24};
selp.f32 %f25,%f5,%f17,%p38;
selp.f32 %f26,%f6,%f18,%p38;
selp.f32 %f27,%f7,%f19,%p38;
selp.f32 %f28,%f8,%f20,%p38;
st.global.v4.f32 [%rd103+32], {%f25,%f26,%f27,%f28};
bra.uni $L__BB0_74;
$L__BB0_55:
and.b32 %r222,%r55,2147483647;
setp.gt.u32 %p43,%r222,2139095040;
shr.u32 %r223,%r55,16;
and.b32 %r224,%r223,1;
add.s32 %r225,%r55,%r224;
add.s32 %r226,%r225,32767;
or.b32 %r227,%r55,4194304;
selp.b32 %r228,%r227,%r226,%p43;
and.b32 %r229,%r56,2147483647;
setp.gt.u32 %p44,%r229,2139095040;
shr.u32 %r230,%r56,16;
and.b32 %r231,%r230,1;
add.s32 %r232,%r56,%r231;
add.s32 %r233,%r232,32767;
or.b32 %r234,%r56,4194304;
selp.b32 %r235,%r234,%r233,%p44;
mov.u32 %r236,30258;
prmt.b32 %r304,%r228,%r235,%r236;
and.b32 %r237,%r57,2147483647;
setp.gt.u32 %p45,%r237,2139095040;
shr.u32 %r238,%r57,16;
and.b32 %r239,%r238,1;
add.s32 %r240,%r57,%r239;
add.s32 %r241,%r240,32767;
or.b32 %r242,%r57,4194304;
selp.b32 %r243,%r242,%r241,%p45;
and.b32 %r244,%r58,2147483647;
setp.gt.u32 %p46,%r244,2139095040;
shr.u32 %r245,%r58,16;
and.b32 %r246,%r245,1;
add.s32 %r247,%r58,%r246;
add.s32 %r248,%r247,32767;
or.b32 %r249,%r58,4194304;
selp.b32 %r250,%r249,%r248,%p46;
prmt.b32 %r305,%r243,%r250,%r236;
and.b32 %r251,%r59,2147483647;
setp.gt.u32 %p47,%r251,2139095040;
shr.u32 %r252,%r59,16;
and.b32 %r253,%r252,1;
add.s32 %r254,%r59,%r253;
add.s32 %r255,%r254,32767;
or.b32 %r256,%r59,4194304;
selp.b32 %r257,%r256,%r255,%p47;
and.b32 %r258,%r60,2147483647;
setp.gt.u32 %p48,%r258,2139095040;
shr.u32 %r259,%r60,16;
and.b32 %r260,%r259,1;
add.s32 %r261,%r60,%r260;
add.s32 %r262,%r261,32767;
or.b32 %r263,%r60,4194304;
selp.b32 %r264,%r263,%r262,%p48;
prmt.b32 %r306,%r257,%r264,%r236;
and.b32 %r265,%r61,2147483647;
setp.gt.u32 %p49,%r265,2139095040;
shr.u32 %r266,%r61,16;
and.b32 %r267,%r266,1;
add.s32 %r268,%r61,%r267;
add.s32 %r269,%r268,32767;
or.b32 %r270,%r61,4194304;
selp.b32 %r271,%r270,%r269,%p49;
and.b32 %r272,%r62,2147483647;
setp.gt.u32 %p50,%r272,2139095040;
shr.u32 %r273,%r62,16;
and.b32 %r274,%r273,1;
add.s32 %r275,%r62,%r274;
add.s32 %r276,%r275,32767;
or.b32 %r277,%r62,4194304;
selp.b32 %r278,%r277,%r276,%p50;
prmt.b32 %r307,%r271,%r278,%r236;
$L__BB0_56:
mul.wide.u32 %rd104,%r302,2;
add.s64 %rd17,%rd14,%rd104;
@%p1 bra $L__BB0_73;
bra.uni $L__BB0_57;
$L__BB0_73:
st.global.v4.u32 [%rd17], {%r304,%r305,%r306,%r307};
bra.uni $L__BB0_74;
$L__BB0_57:
setp.eq.s32 %p51,%r63,0;
@%p51 bra $L__BB0_59;
st.global.u16 [%rd17],%r304;
$L__BB0_59:
setp.lt.u32 %p52,%r63,2;
@%p52 bra $L__BB0_61;
shr.u32 %r279,%r304,16;
st.global.u16 [%rd17+2],%r279;
$L__BB0_61:
setp.lt.u32 %p53,%r63,3;
@%p53 bra $L__BB0_63;
st.global.u16 [%rd17+4],%r305;
$L__BB0_63:
setp.lt.u32 %p54,%r63,4;
@%p54 bra $L__BB0_65;
shr.u32 %r280,%r305,16;
st.global.u16 [%rd17+6],%r280;
$L__BB0_65:
setp.lt.u32 %p55,%r63,5;
@%p55 bra $L__BB0_67;
st.global.u16 [%rd17+8],%r306;
$L__BB0_67:
setp.lt.u32 %p56,%r63,6;
@%p56 bra $L__BB0_69;
shr.u32 %r281,%r306,16;
st.global.u16 [%rd17+10],%r281;
$L__BB0_69:
setp.lt.u32 %p57,%r63,7;
@%p57 bra $L__BB0_71;
st.global.u16 [%rd17+12],%r307;
$L__BB0_71:
setp.lt.u32 %p58,%r63,8;
@%p58 bra $L__BB0_74;
shr.u32 %r282,%r307,16;
st.global.u16 [%rd17+14],%r282;
bra.uni $L__BB0_74;
$L__BB0_38:
setp.eq.s32 %p30,%r63,0;
shl.b64 %rd100,%rd15,2;
add.s64 %rd16,%rd14,%rd100;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd16],%f1;
$L__BB0_40:
setp.lt.u32 %p31,%r63,2;
@%p31 bra $L__BB0_42;
st.global.f32 [%rd16+4],%f2;
$L__BB0_42:
setp.lt.u32 %p32,%r63,3;
@%p32 bra $L__BB0_44;
st.global.f32 [%rd16+8],%f3;
$L__BB0_44:
setp.lt.u32 %p33,%r63,4;
@%p33 bra $L__BB0_46;
st.global.f32 [%rd16+12],%f4;
$L__BB0_46:
setp.lt.u32 %p34,%r63,5;
@%p34 bra $L__BB0_48;
st.global.f32 [%rd16+16],%f5;
$L__BB0_48:
setp.lt.u32 %p35,%r63,6;
@%p35 bra $L__BB0_50;
st.global.f32 [%rd16+20],%f6;
$L__BB0_50:
setp.lt.u32 %p36,%r63,7;
@%p36 bra $L__BB0_52;
st.global.f32 [%rd16+24],%f7;
$L__BB0_52:
setp.lt.u32 %p37,%r63,8;
@%p37 bra $L__BB0_74;
st.global.f32 [%rd16+28],%f8;
$L__BB0_74:
add.s32 %r303,%r303,256;
shl.b32 %r302,%r303,3;
setp.lt.u32 %p59,%r302,%r5;
@%p59 bra $L__BB0_34;
$L__BB0_75:
bar.sync 0;
mov.u32 %r283,%nctaid.x;
cvt.u64.u32 %rd105,%r283;
add.s64 %rd106,%rd106,%rd105;
setp.lt.u64 %p60,%rd106,%rd1;
@%p60 bra $L__BB0_2;
$L__BB0_76:
ret;
}
)ptx"},
{tensor_type::i32, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_i32(
.param .u64 cria_dequantize_i32_param_0,
.param .u64 cria_dequantize_i32_param_1,
.param .u64 cria_dequantize_i32_param_2,
.param .u32 cria_dequantize_i32_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<61>;
.reg .b16 %rs<3>;
.reg .f32 %f<29>;
.reg .b32 %r<312>;
.reg .b64 %rd<107>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format3i32EEEvPKhyPhjE4tile[16400];
ld.param.u64 %rd19, [cria_dequantize_i32_param_0];
ld.param.u64 %rd20, [cria_dequantize_i32_param_1];
ld.param.u64 %rd21, [cria_dequantize_i32_param_2];
ld.param.u32 %r78, [cria_dequantize_i32_param_3];
shr.u64 %rd22,%rd20,12;
and.b64 %rd23,%rd20,4095;
setp.ne.s64 %p2,%rd23,0;
selp.u64 %rd24,1,0,%p2;
add.s64 %rd1,%rd22,%rd24;
mov.u32 %r79,%ctaid.x;
cvt.u64.u32 %rd106,%r79;
setp.le.u64 %p3,%rd1,%rd106;
@%p3 bra $L__BB0_76;
and.b64 %rd3,%rd21,15;
setp.eq.s32 %p4,%r78,0;
selp.b64 %rd4,4,2,%p4;
mov.u32 %r1,%tid.x;
shl.b32 %r2,%r1,3;
add.s32 %r80,%r1,1;
and.b32 %r3,%r1,1;
shl.b32 %r81,%r1,2;
and.b32 %r82,%r81,4;
neg.s32 %r83,%r82;
cvt.s64.s32 %rd5,%r83;
add.s32 %r4,%r1,512;
mul.wide.u32 %rd25,%r80,4;
mov.u64 %rd26, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format3i32EEEvPKhyPhjE4tile;
add.s64 %rd6,%rd26,%rd25;
add.s32 %r84,%r1,257;
mul.wide.u32 %rd27,%r84,4;
add.s64 %rd7,%rd26,%rd27;
add.s32 %r85,%r1,513;
mul.wide.u32 %rd28,%r85,4;
add.s64 %rd8,%rd26,%rd28;
$L__BB0_2:
shl.b64 %rd10,%rd106,12;
sub.s64 %rd29,%rd20,%rd10;
min.u64 %rd30,%rd29,4096;
cvt.u32.u64 %r5,%rd30;
shl.b64 %rd11,%rd106,14;
add.s64 %rd12,%rd19,%rd11;
shl.b32 %r6,%r5,2;
and.b64 %rd31,%rd12,15;
setp.eq.s64 %p5,%rd31,0;
@%p5 bra $L__BB0_14;
cvt.u32.u64 %r86,%rd12;
and.b32 %r7,%r86,3;
add.s32 %r87,%r6,%r7;
setp.lt.u32 %p6,%r87,8;
add.s32 %r88,%r87, -4;
shr.u32 %r89,%r88,2;
selp.b32 %r8,1,%r89,%p6;
mov.u32 %r90,%tid.x;
add.s32 %r288,%r90,1;
setp.ge.u32 %p7,%r288,%r8;
@%p7 bra $L__BB0_11;
cvt.u64.u32 %rd32,%r7;
sub.s64 %rd33,%rd11,%rd32;
add.s64 %rd13,%rd19,%rd33;
shl.b32 %r9,%r7,3;
mov.u32 %r93, -2;
sub.s32 %r94,%r93,%r90;
add.s32 %r10,%r94,%r8;
shr.u32 %r95,%r10,8;
add.s32 %r96,%r95,1;
and.b32 %r11,%r96,3;
setp.eq.s32 %p8,%r11,0;
@%p8 bra $L__BB0_8;
add.s32 %r104,%r90,1;
mul.wide.u32 %rd36,%r104,4;
add.s64 %rd34,%rd13,%rd36;
ld.global.nc.u32 %r97, [%rd34];
add.s64 %rd35,%rd34,4;
ld.global.nc.u32 %r98, [%rd35];
shf.r.wrap.b32 %r99,%r97,%r98,%r9;
st.shared.u32 [%rd6],%r99;
add.s32 %r288,%r90,257;
setp.eq.s32 %p9,%r11,1;
@%p9 bra $L__BB0_8;
add.s32 %r112,%r90,257;
mul.wide.u32 %rd39,%r112,4;
add.s64 %rd37,%rd13,%rd39;
ld.global.nc.u32 %r105, [%rd37];
add.s64 %rd38,%rd37,4;
ld.global.nc.u32 %r106, [%rd38];
shf.r.wrap.b32 %r107,%r105,%r106,%r9;
st.shared.u32 [%rd7],%r107;
add.s32 %r288,%r90,513;
setp.eq.s32 %p10,%r11,2;
@%p10 bra $L__BB0_8;
add.s32 %r120,%r90,513;
mul.wide.u32 %rd42,%r120,4;
add.s64 %rd40,%rd13,%rd42;
ld.global.nc.u32 %r113, [%rd40];
add.s64 %rd41,%rd40,4;
ld.global.nc.u32 %r114, [%rd41];
shf.r.wrap.b32 %r115,%r113,%r114,%r9;
st.shared.u32 [%rd8],%r115;
add.s32 %r288,%r90,769;
$L__BB0_8:
setp.lt.u32 %p11,%r10,768;
@%p11 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd51,%r288,4;
add.s64 %rd43,%rd13,%rd51;
ld.global.nc.u32 %r121, [%rd43];
add.s64 %rd44,%rd43,4;
ld.global.nc.u32 %r122, [%rd44];
shf.r.wrap.b32 %r123,%r121,%r122,%r9;
add.s64 %rd53,%rd26,%rd51;
st.shared.u32 [%rd53],%r123;
add.s32 %r145,%r288,256;
mul.wide.u32 %rd54,%r145,4;
add.s64 %rd45,%rd13,%rd54;
ld.global.nc.u32 %r127, [%rd45];
add.s64 %rd46,%rd45,4;
ld.global.nc.u32 %r128, [%rd46];
shf.r.wrap.b32 %r129,%r127,%r128,%r9;
add.s64 %rd55,%rd26,%rd54;
st.shared.u32 [%rd55],%r129;
add.s32 %r146,%r288,512;
mul.wide.u32 %rd56,%r146,4;
add.s64 %rd47,%rd13,%rd56;
ld.global.nc.u32 %r133, [%rd47];
add.s64 %rd48,%rd47,4;
ld.global.nc.u32 %r134, [%rd48];
shf.r.wrap.b32 %r135,%r133,%r134,%r9;
add.s64 %rd57,%rd26,%rd56;
st.shared.u32 [%rd57],%r135;
add.s32 %r147,%r288,768;
mul.wide.u32 %rd58,%r147,4;
add.s64 %rd49,%rd13,%rd58;
ld.global.nc.u32 %r139, [%rd49];
add.s64 %rd50,%rd49,4;
ld.global.nc.u32 %r140, [%rd50];
shf.r.wrap.b32 %r141,%r139,%r140,%r9;
add.s64 %rd59,%rd26,%rd58;
st.shared.u32 [%rd59],%r141;
add.s32 %r288,%r288,1024;
setp.lt.u32 %p12,%r288,%r8;
@%p12 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p13,%r1,15;
@%p13 bra $L__BB0_32;
setp.lt.u32 %p14,%r90,4;
shl.b32 %r149,%r8,2;
add.s32 %r150,%r90,%r149;
add.s32 %r151,%r150, -4;
selp.b32 %r19,%r90,%r151,%p14;
setp.ge.u32 %p15,%r19,%r6;
@%p15 bra $L__BB0_32;
cvt.u64.u32 %rd60,%r19;
add.s64 %rd61,%rd11,%rd60;
cvta.to.global.u64 %rd62,%rd19;
add.s64 %rd63,%rd62,%rd61;
ld.global.u8 %rs1, [%rd63];
add.s64 %rd65,%rd26,%rd60;
st.shared.u8 [%rd65],%rs1;
bra.uni $L__BB0_32;
$L__BB0_14:
shr.u32 %r20,%r5,2;
setp.ge.u32 %p16,%r1,%r20;
@%p16 bra $L__BB0_16;
mov.u32 %r157,%tid.x;
mul.wide.u32 %rd67,%r157,16;
add.s64 %rd66,%rd12,%rd67;
ld.global.nc.v4.u32 {%r293,%r292,%r291,%r290}, [%rd66];
$L__BB0_16:
mov.u32 %r159,%tid.x;
add.s32 %r160,%r159,256;
setp.ge.u32 %p17,%r160,%r20;
@%p17 bra $L__BB0_18;
mul.wide.u32 %rd69,%r159,16;
add.s64 %rd70,%rd12,%rd69;
add.s64 %rd68,%rd70,4096;
ld.global.nc.v4.u32 {%r297,%r296,%r295,%r294}, [%rd68];
$L__BB0_18:
setp.ge.u32 %p18,%r4,%r20;
@%p18 bra $L__BB0_20;
mul.wide.u32 %rd72,%r159,16;
add.s64 %rd73,%rd12,%rd72;
add.s64 %rd71,%rd73,8192;
ld.global.nc.v4.u32 {%r301,%r300,%r299,%r298}, [%rd71];
$L__BB0_20:
add.s32 %r174,%r159,768;
setp.ge.u32 %p19,%r174,%r20;
@%p19 bra $L__BB0_22;
mul.wide.u32 %rd75,%r159,16;
add.s64 %rd76,%rd12,%rd75;
add.s64 %rd74,%rd76,12288;
ld.global.nc.v4.u32 {%r302,%r303,%r304,%r305}, [%rd74];
$L__BB0_22:
@%p16 bra $L__BB0_24;
mul.wide.u32 %rd77,%r159,16;
add.s64 %rd79,%rd26,%rd77;
st.shared.v4.u32 [%rd79], {%r293,%r292,%r291,%r290};
$L__BB0_24:
@%p17 bra $L__BB0_26;
mul.wide.u32 %rd80,%r160,16;
add.s64 %rd82,%rd26,%rd80;
st.shared.v4.u32 [%rd82], {%r297,%r296,%r295,%r294};
$L__BB0_26:
@%p18 bra $L__BB0_28;
add.s32 %r186,%r159,512;
mul.wide.u32 %rd83,%r186,16;
add.s64 %rd85,%rd26,%rd83;
st.shared.v4.u32 [%rd85], {%r301,%r300,%r299,%r298};
$L__BB0_28:
@%p19 bra $L__BB0_30;
mul.wide.u32 %rd86,%r174,16;
add.s64 %rd88,%rd26,%rd86;
st.shared.v4.u32 [%rd88], {%r302,%r303,%r304,%r305};
$L__BB0_30:
and.b32 %r191,%r6,12;
setp.ge.u32 %p24,%r1,%r191;
@%p24 bra $L__BB0_32;
and.b32 %r192,%r6,32752;
add.s32 %r193,%r192,%r1;
cvt.u64.u32 %rd89,%r193;
add.s64 %rd90,%rd11,%rd89;
cvta.to.global.u64 %rd91,%rd19;
add.s64 %rd92,%rd91,%rd90;
ld.global.u8 %rs2, [%rd92];
add.s64 %rd94,%rd26,%rd89;
st.shared.u8 [%rd94],%rs2;
$L__BB0_32:
setp.eq.s64 %p25,%rd3,0;
bar.sync 0;
setp.eq.s32 %p26,%r5,4096;
and.pred %p1,%p25,%p26;
setp.ge.u32 %p27,%r2,%r5;
@%p27 bra $L__BB0_75;
mul.lo.s64 %rd95,%rd10,%rd4;
cvta.to.global.u64 %rd96,%rd21;
add.s64 %rd14,%rd96,%rd95;
mov.u32 %r306,%r2;
mov.u32 %r307,%r1;
$L__BB0_34:
.pragma "nounroll";
shl.b32 %r194,%r307,5;
cvt.u64.u32 %rd97,%r194;
add.s64 %rd99,%rd26,%rd97;
ld.shared.v4.u32 {%r195,%r196,%r197,%r198}, [%rd99];
ld.shared.v4.u32 {%r203,%r204,%r205,%r206}, [%rd99+16];
cvt.rn.f32.s32 %f1,%r195;
mov.b32 %r55,%f1;
cvt.rn.f32.s32 %f2,%r196;
mov.b32 %r56,%f2;
cvt.rn.f32.s32 %f3,%r197;
mov.b32 %r57,%f3;
cvt.rn.f32.s32 %f4,%r198;
mov.b32 %r58,%f4;
cvt.rn.f32.s32 %f5,%r203;
mov.b32 %r59,%f5;
cvt.rn.f32.s32 %f6,%r204;
mov.b32 %r60,%f6;
cvt.rn.f32.s32 %f7,%r205;
mov.b32 %r61,%f7;
cvt.rn.f32.s32 %f8,%r206;
mov.b32 %r62,%f8;
sub.s32 %r63,%r5,%r306;
@%p4 bra $L__BB0_37;
setp.ne.s32 %p29,%r78,1;
@%p29 bra $L__BB0_55;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f1;
cvt.rn.f16.f32 upper,%f2;
mov.b32 %r308, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f3;
cvt.rn.f16.f32 upper,%f4;
mov.b32 %r309, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f5;
cvt.rn.f16.f32 upper,%f6;
mov.b32 %r310, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f7;
cvt.rn.f16.f32 upper,%f8;
mov.b32 %r311, {lower, upper};
}
bra.uni $L__BB0_56;
$L__BB0_37:
cvt.u64.u32 %rd15,%r306;
@%p1 bra $L__BB0_54;
bra.uni $L__BB0_38;
$L__BB0_54:
setp.ne.s32 %p38,%r3,0;
selp.b32 %r215,%r55,%r59,%p38;
mov.u32 %r216,31;
mov.u32 %r217,1;
mov.u32 %r218, -1;
shfl.sync.bfly.b32 %r219|%p39,%r215,%r217,%r216,%r218;
mov.b32 %f17,%r219;
selp.b32 %r220,%r56,%r60,%p38;
shfl.sync.bfly.b32 %r221|%p40,%r220,%r217,%r216,%r218;
mov.b32 %f18,%r221;
selp.b32 %r222,%r57,%r61,%p38;
shfl.sync.bfly.b32 %r223|%p41,%r222,%r217,%r216,%r218;
mov.b32 %f19,%r223;
selp.b32 %r224,%r58,%r62,%p38;
shfl.sync.bfly.b32 %r225|%p42,%r224,%r217,%r216,%r218;
mov.b32 %f20,%r225;
add.s64 %rd101,%rd15,%rd5;
shl.b64 %rd102,%rd101,2;
add.s64 %rd103,%rd14,%rd102;
selp.f32 %f21,%f17,%f1,%p38;
selp.f32 %f22,%f18,%f2,%p38;
selp.f32 %f23,%f19,%f3,%p38;
selp.f32 %f24,%f20,%f4,%p38;
st.global.v4.f32 [%rd103], {%f21,%f22,%f23,%f24};
selp.f32 %f25,%f5,%f17,%p38;
selp.f32 %f26,%f6,%f18,%p38;
selp.f32 %f27,%f7,%f19,%p38;
selp.f32 %f28,%f8,%f20,%p38;
st.global.v4.f32 [%rd103+32], {%f25,%f26,%f27,%f28};
bra.uni $L__BB0_74;
$L__BB0_55:
and.b32 %r226,%r55,2147483647;
setp.gt.u32 %p43,%r226,2139095040;
shr.u32 %r227,%r55,16;
and.b32 %r228,%r227,1;
add.s32 %r229,%r55,%r228;
add.s32 %r230,%r229,32767;
or.b32 %r231,%r55,4194304;
selp.b32 %r232,%r231,%r230,%p43;
and.b32 %r233,%r56,2147483647;
setp.gt.u32 %p44,%r233,2139095040;
shr.u32 %r234,%r56,16;
and.b32 %r235,%r234,1;
add.s32 %r236,%r56,%r235;
add.s32 %r237,%r236,32767;
or.b32 %r238,%r56,4194304;
selp.b32 %r239,%r238,%r237,%p44;
mov.u32 %r240,30258;
prmt.b32 %r308,%r232,%r239,%r240;
and.b32 %r241,%r57,2147483647;
setp.gt.u32 %p45,%r241,2139095040;
shr.u32 %r242,%r57,16;
and.b32 %r243,%r242,1;
add.s32 %r244,%r57,%r243;
add.s32 %r245,%r244,32767;
or.b32 %r246,%r57,4194304;
selp.b32 %r247,%r246,%r245,%p45;
and.b32 %r248,%r58,2147483647;
setp.gt.u32 %p46,%r248,2139095040;
shr.u32 %r249,%r58,16;
and.b32 %r250,%r249,1;
add.s32 %r251,%r58,%r250;
add.s32 %r252,%r251,32767;
or.b32 %r253,%r58,4194304;
selp.b32 %r254,%r253,%r252,%p46;
prmt.b32 %r309,%r247,%r254,%r240;
and.b32 %r255,%r59,2147483647;
setp.gt.u32 %p47,%r255,2139095040;
shr.u32 %r256,%r59,16;
and.b32 %r257,%r256,1;
add.s32 %r258,%r59,%r257;
add.s32 %r259,%r258,32767;
or.b32 %r260,%r59,4194304;
selp.b32 %r261,%r260,%r259,%p47;
and.b32 %r262,%r60,2147483647;
setp.gt.u32 %p48,%r262,2139095040;
shr.u32 %r263,%r60,16;
and.b32 %r264,%r263,1;
add.s32 %r265,%r60,%r264;
add.s32 %r266,%r265,32767;
or.b32 %r267,%r60,4194304;
selp.b32 %r268,%r267,%r266,%p48;
prmt.b32 %r310,%r261,%r268,%r240;
and.b32 %r269,%r61,2147483647;
setp.gt.u32 %p49,%r269,2139095040;
shr.u32 %r270,%r61,16;
and.b32 %r271,%r270,1;
add.s32 %r272,%r61,%r271;
add.s32 %r273,%r272,32767;
or.b32 %r274,%r61,4194304;
selp.b32 %r275,%r274,%r273,%p49;
and.b32 %r276,%r62,2147483647;
setp.gt.u32 %p50,%r276,2139095040;
shr.u32 %r277,%r62,16;
and.b32 %r278,%r277,1;
add.s32 %r279,%r62,%r278;
add.s32 %r280,%r279,32767;
or.b32 %r281,%r62,4194304;
selp.b32 %r282,%r281,%r280,%p50;
prmt.b32 %r311,%r275,%r282,%r240;
$L__BB0_56:
mul.wide.u32 %rd104,%r306,2;
add.s64 %rd17,%rd14,%rd104;
@%p1 bra $L__BB0_73;
bra.uni $L__BB0_57;
$L__BB0_73:
st.global.v4.u32 [%rd17], {%r308,%r309,%r310,%r311};
bra.uni $L__BB0_74;
$L__BB0_57:
setp.eq.s32 %p51,%r63,0;
@%p51 bra $L__BB0_59;
st.global.u16 [%rd17],%r308;
$L__BB0_59:
setp.lt.u32 %p52,%r63,2;
@%p52 bra $L__BB0_61;
shr.u32 %r283,%r308,16;
st.global.u16 [%rd17+2],%r283;
$L__BB0_61:
setp.lt.u32 %p53,%r63,3;
@%p53 bra $L__BB0_63;
st.global.u16 [%rd17+4],%r309;
$L__BB0_63:
setp.lt.u32 %p54,%r63,4;
@%p54 bra $L__BB0_65;
shr.u32 %r284,%r309,16;
st.global.u16 [%rd17+6],%r284;
$L__BB0_65:
setp.lt.u32 %p55,%r63,5;
@%p55 bra $L__BB0_67;
st.global.u16 [%rd17+8],%r310;
$L__BB0_67:
setp.lt.u32 %p56,%r63,6;
@%p56 bra $L__BB0_69;
shr.u32 %r285,%r310,16;
st.global.u16 [%rd17+10],%r285;
$L__BB0_69:
setp.lt.u32 %p57,%r63,7;
@%p57 bra $L__BB0_71;
st.global.u16 [%rd17+12],%r311;
$L__BB0_71:
setp.lt.u32 %p58,%r63,8;
@%p58 bra $L__BB0_74;
shr.u32 %r286,%r311,16;
st.global.u16 [%rd17+14],%r286;
bra.uni $L__BB0_74;
$L__BB0_38:
setp.eq.s32 %p30,%r63,0;
shl.b64 %rd100,%rd15,2;
add.s64 %rd16,%rd14,%rd100;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd16],%f1;
$L__BB0_40:
setp.lt.u32 %p31,%r63,2;
@%p31 bra $L__BB0_42;
st.global.f32 [%rd16+4],%f2;
$L__BB0_42:
setp.lt.u32 %p32,%r63,3;
@%p32 bra $L__BB0_44;
st.global.f32 [%rd16+8],%f3;
$L__BB0_44:
setp.lt.u32 %p33,%r63,4;
@%p33 bra $L__BB0_46;
st.global.f32 [%rd16+12],%f4;
$L__BB0_46:
setp.lt.u32 %p34,%r63,5;
@%p34 bra $L__BB0_48;
st.global.f32 [%rd16+16],%f5;
$L__BB0_48:
setp.lt.u32 %p35,%r63,6;
@%p35 bra $L__BB0_50;
st.global.f32 [%rd16+20],%f6;
$L__BB0_50:
setp.lt.u32 %p36,%r63,7;
@%p36 bra $L__BB0_52;
st.global.f32 [%rd16+24],%f7;
$L__BB0_52:
setp.lt.u32 %p37,%r63,8;
@%p37 bra $L__BB0_74;
st.global.f32 [%rd16+28],%f8;
$L__BB0_74:
add.s32 %r307,%r307,256;
shl.b32 %r306,%r307,3;
setp.lt.u32 %p59,%r306,%r5;
@%p59 bra $L__BB0_34;
$L__BB0_75:
bar.sync 0;
mov.u32 %r287,%nctaid.x;
cvt.u64.u32 %rd105,%r287;
add.s64 %rd106,%rd106,%rd105;
setp.lt.u64 %p60,%rd106,%rd1;
@%p60 bra $L__BB0_2;
$L__BB0_76:
ret;
}
)ptx"},
{tensor_type::i64, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_i64(
.param .u64 cria_dequantize_i64_param_0,
.param .u64 cria_dequantize_i64_param_1,
.param .u64 cria_dequantize_i64_param_2,
.param .u32 cria_dequantize_i64_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<61>;
.reg .b16 %rs<3>;
.reg .f32 %f<29>;
.reg .b32 %r<328>;
.reg .b64 %rd<131>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format3i64EEEvPKhyPhjE4tile[16400];
ld.param.u64 %rd18, [cria_dequantize_i64_param_0];
ld.param.u64 %rd19, [cria_dequantize_i64_param_1];
ld.param.u64 %rd20, [cria_dequantize_i64_param_2];
ld.param.u32 %r78, [cria_dequantize_i64_param_3];
shr.u64 %rd21,%rd19,11;
and.b64 %rd22,%rd19,2047;
setp.ne.s64 %p2,%rd22,0;
selp.u64 %rd23,1,0,%p2;
add.s64 %rd1,%rd21,%rd23;
mov.u32 %r79,%ctaid.x;
cvt.u64.u32 %rd130,%r79;
setp.le.u64 %p3,%rd1,%rd130;
@%p3 bra $L__BB0_76;
setp.eq.s32 %p4,%r78,0;
selp.b64 %rd3,4,2,%p4;
mov.u32 %r1,%tid.x;
shl.b32 %r2,%r1,3;
add.s32 %r80,%r1,1;
and.b32 %r3,%r1,1;
shl.b32 %r81,%r1,2;
and.b32 %r82,%r81,4;
neg.s32 %r83,%r82;
cvt.s64.s32 %rd4,%r83;
add.s32 %r4,%r1,512;
mul.wide.u32 %rd24,%r80,4;
mov.u64 %rd25, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format3i64EEEvPKhyPhjE4tile;
add.s64 %rd5,%rd25,%rd24;
add.s32 %r84,%r1,257;
mul.wide.u32 %rd26,%r84,4;
add.s64 %rd6,%rd25,%rd26;
add.s32 %r85,%r1,513;
mul.wide.u32 %rd27,%r85,4;
add.s64 %rd7,%rd25,%rd27;
$L__BB0_2:
shl.b64 %rd9,%rd130,11;
sub.s64 %rd28,%rd19,%rd9;
min.u64 %rd29,%rd28,2048;
cvt.u32.u64 %r5,%rd29;
shl.b64 %rd10,%rd130,14;
add.s64 %rd11,%rd18,%rd10;
shl.b32 %r6,%r5,3;
and.b64 %rd30,%rd11,15;
setp.eq.s64 %p5,%rd30,0;
@%p5 bra $L__BB0_14;
cvt.u32.u64 %r86,%rd11;
and.b32 %r7,%r86,3;
add.s32 %r87,%r6,%r7;
setp.lt.u32 %p6,%r87,8;
add.s32 %r88,%r87, -4;
shr.u32 %r89,%r88,2;
selp.b32 %r8,1,%r89,%p6;
mov.u32 %r90,%tid.x;
add.s32 %r304,%r90,1;
setp.ge.u32 %p7,%r304,%r8;
@%p7 bra $L__BB0_11;
cvt.u64.u32 %rd31,%r7;
sub.s64 %rd32,%rd10,%rd31;
add.s64 %rd12,%rd18,%rd32;
shl.b32 %r9,%r7,3;
mov.u32 %r93, -2;
sub.s32 %r94,%r93,%r90;
add.s32 %r10,%r94,%r8;
shr.u32 %r95,%r10,8;
add.s32 %r96,%r95,1;
and.b32 %r11,%r96,3;
setp.eq.s32 %p8,%r11,0;
@%p8 bra $L__BB0_8;
add.s32 %r104,%r90,1;
mul.wide.u32 %rd35,%r104,4;
add.s64 %rd33,%rd12,%rd35;
ld.global.nc.u32 %r97, [%rd33];
add.s64 %rd34,%rd33,4;
ld.global.nc.u32 %r98, [%rd34];
shf.r.wrap.b32 %r99,%r97,%r98,%r9;
st.shared.u32 [%rd5],%r99;
add.s32 %r304,%r90,257;
setp.eq.s32 %p9,%r11,1;
@%p9 bra $L__BB0_8;
add.s32 %r112,%r90,257;
mul.wide.u32 %rd38,%r112,4;
add.s64 %rd36,%rd12,%rd38;
ld.global.nc.u32 %r105, [%rd36];
add.s64 %rd37,%rd36,4;
ld.global.nc.u32 %r106, [%rd37];
shf.r.wrap.b32 %r107,%r105,%r106,%r9;
st.shared.u32 [%rd6],%r107;
add.s32 %r304,%r90,513;
setp.eq.s32 %p10,%r11,2;
@%p10 bra $L__BB0_8;
add.s32 %r120,%r90,513;
mul.wide.u32 %rd41,%r120,4;
add.s64 %rd39,%rd12,%rd41;
ld.global.nc.u32 %r113, [%rd39];
add.s64 %rd40,%rd39,4;
ld.global.nc.u32 %r114, [%rd40];
shf.r.wrap.b32 %r115,%r113,%r114,%r9;
st.shared.u32 [%rd7],%r115;
add.s32 %r304,%r90,769;
$L__BB0_8:
setp.lt.u32 %p11,%r10,768;
@%p11 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd50,%r304,4;
add.s64 %rd42,%rd12,%rd50;
ld.global.nc.u32 %r121, [%rd42];
add.s64 %rd43,%rd42,4;
ld.global.nc.u32 %r122, [%rd43];
shf.r.wrap.b32 %r123,%r121,%r122,%r9;
add.s64 %rd52,%rd25,%rd50;
st.shared.u32 [%rd52],%r123;
add.s32 %r145,%r304,256;
mul.wide.u32 %rd53,%r145,4;
add.s64 %rd44,%rd12,%rd53;
ld.global.nc.u32 %r127, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r128, [%rd45];
shf.r.wrap.b32 %r129,%r127,%r128,%r9;
add.s64 %rd54,%rd25,%rd53;
st.shared.u32 [%rd54],%r129;
add.s32 %r146,%r304,512;
mul.wide.u32 %rd55,%r146,4;
add.s64 %rd46,%rd12,%rd55;
ld.global.nc.u32 %r133, [%rd46];
add.s64 %rd47,%rd46,4;
ld.global.nc.u32 %r134, [%rd47];
shf.r.wrap.b32 %r135,%r133,%r134,%r9;
add.s64 %rd56,%rd25,%rd55;
st.shared.u32 [%rd56],%r135;
add.s32 %r147,%r304,768;
mul.wide.u32 %rd57,%r147,4;
add.s64 %rd48,%rd12,%rd57;
ld.global.nc.u32 %r139, [%rd48];
add.s64 %rd49,%rd48,4;
ld.global.nc.u32 %r140, [%rd49];
shf.r.wrap.b32 %r141,%r139,%r140,%r9;
add.s64 %rd58,%rd25,%rd57;
st.shared.u32 [%rd58],%r141;
add.s32 %r304,%r304,1024;
setp.lt.u32 %p12,%r304,%r8;
@%p12 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p13,%r1,15;
@%p13 bra $L__BB0_32;
setp.lt.u32 %p14,%r90,4;
shl.b32 %r149,%r8,2;
add.s32 %r150,%r90,%r149;
add.s32 %r151,%r150, -4;
selp.b32 %r19,%r90,%r151,%p14;
setp.ge.u32 %p15,%r19,%r6;
@%p15 bra $L__BB0_32;
cvt.u64.u32 %rd59,%r19;
add.s64 %rd60,%rd10,%rd59;
cvta.to.global.u64 %rd61,%rd18;
add.s64 %rd62,%rd61,%rd60;
ld.global.u8 %rs1, [%rd62];
add.s64 %rd64,%rd25,%rd59;
st.shared.u8 [%rd64],%rs1;
bra.uni $L__BB0_32;
$L__BB0_14:
shr.u32 %r20,%r5,1;
setp.ge.u32 %p16,%r1,%r20;
@%p16 bra $L__BB0_16;
mov.u32 %r157,%tid.x;
mul.wide.u32 %rd66,%r157,16;
add.s64 %rd65,%rd11,%rd66;
ld.global.nc.v4.u32 {%r309,%r308,%r307,%r306}, [%rd65];
$L__BB0_16:
mov.u32 %r159,%tid.x;
add.s32 %r160,%r159,256;
setp.ge.u32 %p17,%r160,%r20;
@%p17 bra $L__BB0_18;
mul.wide.u32 %rd68,%r159,16;
add.s64 %rd69,%rd11,%rd68;
add.s64 %rd67,%rd69,4096;
ld.global.nc.v4.u32 {%r313,%r312,%r311,%r310}, [%rd67];
$L__BB0_18:
setp.ge.u32 %p18,%r4,%r20;
@%p18 bra $L__BB0_20;
mul.wide.u32 %rd71,%r159,16;
add.s64 %rd72,%rd11,%rd71;
add.s64 %rd70,%rd72,8192;
ld.global.nc.v4.u32 {%r317,%r316,%r315,%r314}, [%rd70];
$L__BB0_20:
add.s32 %r174,%r159,768;
setp.ge.u32 %p19,%r174,%r20;
@%p19 bra $L__BB0_22;
mul.wide.u32 %rd74,%r159,16;
add.s64 %rd75,%rd11,%rd74;
add.s64 %rd73,%rd75,12288;
ld.global.nc.v4.u32 {%r318,%r319,%r320,%r321}, [%rd73];
$L__BB0_22:
@%p16 bra $L__BB0_24;
mul.wide.u32 %rd76,%r159,16;
add.s64 %rd78,%rd25,%rd76;
st.shared.v4.u32 [%rd78], {%r309,%r308,%r307,%r306};
$L__BB0_24:
@%p17 bra $L__BB0_26;
mul.wide.u32 %rd79,%r160,16;
add.s64 %rd81,%rd25,%rd79;
st.shared.v4.u32 [%rd81], {%r313,%r312,%r311,%r310};
$L__BB0_26:
@%p18 bra $L__BB0_28;
add.s32 %r186,%r159,512;
mul.wide.u32 %rd82,%r186,16;
add.s64 %rd84,%rd25,%rd82;
st.shared.v4.u32 [%rd84], {%r317,%r316,%r315,%r314};
$L__BB0_28:
@%p19 bra $L__BB0_30;
mul.wide.u32 %rd85,%r174,16;
add.s64 %rd87,%rd25,%rd85;
st.shared.v4.u32 [%rd87], {%r318,%r319,%r320,%r321};
$L__BB0_30:
and.b32 %r191,%r6,8;
setp.ge.u32 %p24,%r1,%r191;
@%p24 bra $L__BB0_32;
and.b32 %r192,%r6,32752;
add.s32 %r193,%r192,%r1;
cvt.u64.u32 %rd88,%r193;
add.s64 %rd89,%rd10,%rd88;
cvta.to.global.u64 %rd90,%rd18;
add.s64 %rd91,%rd90,%rd89;
ld.global.u8 %rs2, [%rd91];
add.s64 %rd93,%rd25,%rd88;
st.shared.u8 [%rd93],%rs2;
$L__BB0_32:
and.b64 %rd94,%rd20,15;
setp.eq.s64 %p25,%rd94,0;
bar.sync 0;
setp.eq.s32 %p26,%r5,2048;
and.pred %p1,%p25,%p26;
setp.ge.u32 %p27,%r2,%r5;
@%p27 bra $L__BB0_75;
mul.lo.s64 %rd95,%rd9,%rd3;
cvta.to.global.u64 %rd96,%rd20;
add.s64 %rd13,%rd96,%rd95;
mov.u32 %r322,%r2;
mov.u32 %r323,%r1;
$L__BB0_34:
.pragma "nounroll";
shl.b32 %r194,%r323,6;
cvt.u64.u32 %rd97,%r194;
add.s64 %rd99,%rd25,%rd97;
ld.shared.v4.u32 {%r195,%r196,%r197,%r198}, [%rd99];
ld.shared.v4.u32 {%r203,%r204,%r205,%r206}, [%rd99+16];
ld.shared.v4.u32 {%r211,%r212,%r213,%r214}, [%rd99+32];
ld.shared.v4.u32 {%r219,%r220,%r221,%r222}, [%rd99+48];
cvt.u64.u32 %rd100,%r196;
cvt.u64.u32 %rd101,%r195;
bfi.b64 %rd102,%rd100,%rd101,32,32;
cvt.rn.f32.s64 %f1,%rd102;
mov.b32 %r55,%f1;
cvt.u64.u32 %rd103,%r198;
cvt.u64.u32 %rd104,%r197;
bfi.b64 %rd105,%rd103,%rd104,32,32;
cvt.rn.f32.s64 %f2,%rd105;
mov.b32 %r56,%f2;
cvt.u64.u32 %rd106,%r204;
cvt.u64.u32 %rd107,%r203;
bfi.b64 %rd108,%rd106,%rd107,32,32;
cvt.rn.f32.s64 %f3,%rd108;
mov.b32 %r57,%f3;
cvt.u64.u32 %rd109,%r206;
cvt.u64.u32 %rd110,%r205;
bfi.b64 %rd111,%rd109,%rd110,32,32;
cvt.rn.f32.s64 %f4,%rd111;
mov.b32 %r58,%f4;
cvt.u64.u32 %rd112,%r212;
cvt.u64.u32 %rd113,%r211;
bfi.b64 %rd114,%rd112,%rd113,32,32;
cvt.rn.f32.s64 %f5,%rd114;
mov.b32 %r59,%f5;
cvt.u64.u32 %rd115,%r214;
cvt.u64.u32 %rd116,%r213;
bfi.b64 %rd117,%rd115,%rd116,32,32;
cvt.rn.f32.s64 %f6,%rd117;
mov.b32 %r60,%f6;
cvt.u64.u32 %rd118,%r220;
cvt.u64.u32 %rd119,%r219;
bfi.b64 %rd120,%rd118,%rd119,32,32;
cvt.rn.f32.s64 %f7,%rd120;
mov.b32 %r61,%f7;
cvt.u64.u32 %rd121,%r222;
cvt.u64.u32 %rd122,%r221;
bfi.b64 %rd123,%rd121,%rd122,32,32;
cvt.rn.f32.s64 %f8,%rd123;
mov.b32 %r62,%f8;
sub.s32 %r63,%r5,%r322;
@%p4 bra $L__BB0_37;
setp.ne.s32 %p29,%r78,1;
@%p29 bra $L__BB0_55;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f1;
cvt.rn.f16.f32 upper,%f2;
mov.b32 %r324, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f3;
cvt.rn.f16.f32 upper,%f4;
mov.b32 %r325, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f5;
cvt.rn.f16.f32 upper,%f6;
mov.b32 %r326, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f7;
cvt.rn.f16.f32 upper,%f8;
mov.b32 %r327, {lower, upper};
}
bra.uni $L__BB0_56;
$L__BB0_37:
cvt.u64.u32 %rd14,%r322;
@%p1 bra $L__BB0_54;
bra.uni $L__BB0_38;
$L__BB0_54:
setp.ne.s32 %p38,%r3,0;
selp.b32 %r231,%r55,%r59,%p38;
mov.u32 %r232,31;
mov.u32 %r233,1;
mov.u32 %r234, -1;
shfl.sync.bfly.b32 %r235|%p39,%r231,%r233,%r232,%r234;
mov.b32 %f17,%r235;
selp.b32 %r236,%r56,%r60,%p38;
shfl.sync.bfly.b32 %r237|%p40,%r236,%r233,%r232,%r234;
mov.b32 %f18,%r237;
selp.b32 %r238,%r57,%r61,%p38;
shfl.sync.bfly.b32 %r239|%p41,%r238,%r233,%r232,%r234;
mov.b32 %f19,%r239;
selp.b32 %r240,%r58,%r62,%p38;
shfl.sync.bfly.b32 %r241|%p42,%r240,%r233,%r232,%r234;
mov.b32 %f20,%r241;
add.s64 %rd125,%rd14,%rd4;
shl.b64 %rd126,%rd125,2;
add.s64 %rd127,%rd13,%rd126;
selp.f32 %f21,%f17,%f1,%p38;
selp.f32 %f22,%f18,%f2,%p38;
selp.f32 %f23,%f19,%f3,%p38;
selp.f32 %f24,%f20,%f4,%p38;
st.global.v4.f32 [%rd127], {%f21,%f22,%f23,%f24};
selp.f32 %f25,%f5,%f17,%p38;
selp.f32 %f26,%f6,%f18,%p38;
selp.f32 %f27,%f7,%f19,%p38;
selp.f32 %f28,%f8,%f20,%p38;
st.global.v4.f32 [%rd127+32], {%f25,%f26,%f27,%f28};
bra.uni $L__BB0_74;
$L__BB0_55:
and.b32 %r242,%r55,2147483647;
setp.gt.u32 %p43,%r242,2139095040;
shr.u32 %r243,%r55,16;
and.b32 %r244,%r243,1;
add.s32 %r245,%r55,%r244;
add.s32 %r246,%r245,32767;
or.b32 %r247,%r55,4194304;
selp.b32 %r248,%r247,%r246,%p43;
and.b32 %r249,%r56,2147483647;
setp.gt.u32 %p44,%r249,2139095040;
shr.u32 %r250,%r56,16;
and.b32 %r251,%r250,1;
add.s32 %r252,%r56,%r251;
add.s32 %r253,%r252,32767;
or.b32 %r254,%r56,4194304;
selp.b32 %r255,%r254,%r253,%p44;
mov.u32 %r256,30258;
prmt.b32 %r324,%r248,%r255,%r256;
and.b32 %r257,%r57,2147483647;
setp.gt.u32 %p45,%r257,2139095040;
shr.u32 %r258,%r57,16;
and.b32 %r259,%r258,1;
add.s32 %r260,%r57,%r259;
add.s32 %r261,%r260,32767;
or.b32 %r262,%r57,4194304;
selp.b32 %r263,%r262,%r261,%p45;
and.b32 %r264,%r58,2147483647;
setp.gt.u32 %p46,%r264,2139095040;
shr.u32 %r265,%r58,16;
and.b32 %r266,%r265,1;
add.s32 %r267,%r58,%r266;
add.s32 %r268,%r267,32767;
or.b32 %r269,%r58,4194304;
selp.b32 %r270,%r269,%r268,%p46;
prmt.b32 %r325,%r263,%r270,%r256;
and.b32 %r271,%r59,2147483647;
setp.gt.u32 %p47,%r271,2139095040;
shr.u32 %r272,%r59,16;
and.b32 %r273,%r272,1;
add.s32 %r274,%r59,%r273;
add.s32 %r275,%r274,32767;
or.b32 %r276,%r59,4194304;
selp.b32 %r277,%r276,%r275,%p47;
and.b32 %r278,%r60,2147483647;
setp.gt.u32 %p48,%r278,2139095040;
shr.u32 %r279,%r60,16;
and.b32 %r280,%r279,1;
add.s32 %r281,%r60,%r280;
add.s32 %r282,%r281,32767;
or.b32 %r283,%r60,4194304;
selp.b32 %r284,%r283,%r282,%p48;
prmt.b32 %r326,%r277,%r284,%r256;
and.b32 %r285,%r61,2147483647;
setp.gt.u32 %p49,%r285,2139095040;
shr.u32 %r286,%r61,16;
and.b32 %r287,%r286,1;
add.s32 %r288,%r61,%r287;
add.s32 %r289,%r288,32767;
or.b32 %r290,%r61,4194304;
selp.b32 %r291,%r290,%r289,%p49;
and.b32 %r292,%r62,2147483647;
setp.gt.u32 %p50,%r292,2139095040;
shr.u32 %r293,%r62,16;
and.b32 %r294,%r293,1;
add.s32 %r295,%r62,%r294;
add.s32 %r296,%r295,32767;
or.b32 %r297,%r62,4194304;
selp.b32 %r298,%r297,%r296,%p50;
prmt.b32 %r327,%r291,%r298,%r256;
$L__BB0_56:
mul.wide.u32 %rd128,%r322,2;
add.s64 %rd16,%rd13,%rd128;
@%p1 bra $L__BB0_73;
bra.uni $L__BB0_57;
$L__BB0_73:
st.global.v4.u32 [%rd16], {%r324,%r325,%r326,%r327};
bra.uni $L__BB0_74;
$L__BB0_57:
setp.eq.s32 %p51,%r63,0;
@%p51 bra $L__BB0_59;
st.global.u16 [%rd16],%r324;
$L__BB0_59:
setp.lt.u32 %p52,%r63,2;
@%p52 bra $L__BB0_61;
shr.u32 %r299,%r324,16;
st.global.u16 [%rd16+2],%r299;
$L__BB0_61:
setp.lt.u32 %p53,%r63,3;
@%p53 bra $L__BB0_63;
st.global.u16 [%rd16+4],%r325;
$L__BB0_63:
setp.lt.u32 %p54,%r63,4;
@%p54 bra $L__BB0_65;
shr.u32 %r300,%r325,16;
st.global.u16 [%rd16+6],%r300;
$L__BB0_65:
setp.lt.u32 %p55,%r63,5;
@%p55 bra $L__BB0_67;
st.global.u16 [%rd16+8],%r326;
$L__BB0_67:
setp.lt.u32 %p56,%r63,6;
@%p56 bra $L__BB0_69;
shr.u32 %r301,%r326,16;
st.global.u16 [%rd16+10],%r301;
$L__BB0_69:
setp.lt.u32 %p57,%r63,7;
@%p57 bra $L__BB0_71;
st.global.u16 [%rd16+12],%r327;
$L__BB0_71:
setp.lt.u32 %p58,%r63,8;
@%p58 bra $L__BB0_74;
shr.u32 %r302,%r327,16;
st.global.u16 [%rd16+14],%r302;
bra.uni $L__BB0_74;
$L__BB0_38:
setp.eq.s32 %p30,%r63,0;
shl.b64 %rd124,%rd14,2;
add.s64 %rd15,%rd13,%rd124;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd15],%f1;
$L__BB0_40:
setp.lt.u32 %p31,%r63,2;
@%p31 bra $L__BB0_42;
st.global.f32 [%rd15+4],%f2;
$L__BB0_42:
setp.lt.u32 %p32,%r63,3;
@%p32 bra $L__BB0_44;
st.global.f32 [%rd15+8],%f3;
$L__BB0_44:
setp.lt.u32 %p33,%r63,4;
@%p33 bra $L__BB0_46;
st.global.f32 [%rd15+12],%f4;
$L__BB0_46:
setp.lt.u32 %p34,%r63,5;
@%p34 bra $L__BB0_48;
st.global.f32 [%rd15+16],%f5;
$L__BB0_48:
setp.lt.u32 %p35,%r63,6;
@%p35 bra $L__BB0_50;
st.global.f32 [%rd15+20],%f6;
$L__BB0_50:
setp.lt.u32 %p36,%r63,7;
@%p36 bra $L__BB0_52;
st.global.f32 [%rd15+24],%f7;
$L__BB0_52:
setp.lt.u32 %p37,%r63,8;
@%p37 bra $L__BB0_74;
st.global.f32 [%rd15+28],%f8;
$L__BB0_74:
add.s32 %r323,%r323,256;
shl.b32 %r322,%r323,3;
setp.lt.u32 %p59,%r322,%r5;
@%p59 bra $L__BB0_34;
$L__BB0_75:
bar.sync 0;
mov.u32 %r303,%nctaid.x;
cvt.u64.u32 %rd129,%r303;
add.s64 %rd130,%rd130,%rd129;
setp.lt.u64 %p60,%rd130,%rd1;
@%p60 bra $L__BB0_2;
$L__BB0_76:
ret;
}
)ptx"},
{tensor_type::q4_0, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_q4_0(
.param .u64 cria_dequantize_q4_0_param_0,
.param .u64 cria_dequantize_q4_0_param_1,
.param .u64 cria_dequantize_q4_0_param_2,
.param .u32 cria_dequantize_q4_0_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<57>;
.reg .b16 %rs<8>;
.reg .f32 %f<78>;
.reg .b32 %r<274>;
.reg .b64 %rd<97>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q4_0EEEvPKhyPhjE4tile[4624];
ld.param.u64 %rd15, [cria_dequantize_q4_0_param_0];
ld.param.u64 %rd16, [cria_dequantize_q4_0_param_1];
ld.param.u64 %rd17, [cria_dequantize_q4_0_param_2];
ld.param.u32 %r62, [cria_dequantize_q4_0_param_3];
shr.u64 %rd18,%rd16,13;
and.b64 %rd19,%rd16,8191;
setp.ne.s64 %p2,%rd19,0;
selp.u64 %rd20,1,0,%p2;
add.s64 %rd1,%rd18,%rd20;
mov.u32 %r63,%ctaid.x;
cvt.u64.u32 %rd96,%r63;
setp.le.u64 %p3,%rd1,%rd96;
@%p3 bra $L__BB0_68;
mov.u32 %r1,%tid.x;
shl.b32 %r2,%r1,3;
and.b32 %r3,%r1,1;
shl.b32 %r64,%r1,2;
and.b32 %r65,%r64,4;
neg.s32 %r66,%r65;
cvt.s64.s32 %rd3,%r66;
add.s32 %r67,%r1,513;
mul.wide.u32 %rd21,%r67,4;
mov.u64 %rd22, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q4_0EEEvPKhyPhjE4tile;
add.s64 %rd4,%rd22,%rd21;
$L__BB0_2:
shl.b64 %rd6,%rd96,13;
sub.s64 %rd23,%rd16,%rd6;
min.u64 %rd24,%rd23,8192;
cvt.u32.u64 %r4,%rd24;
mul.lo.s64 %rd7,%rd96,4608;
add.s64 %rd8,%rd15,%rd7;
mul.lo.s32 %r5,%r4,18;
shr.u32 %r6,%r5,5;
and.b64 %rd25,%rd8,15;
setp.eq.s64 %p4,%rd25,0;
@%p4 bra $L__BB0_14;
cvt.u32.u64 %r68,%rd8;
and.b32 %r7,%r68,3;
add.s32 %r69,%r6,%r7;
setp.lt.u32 %p5,%r69,8;
add.s32 %r70,%r69, -4;
shr.u32 %r71,%r70,2;
selp.b32 %r8,1,%r71,%p5;
mov.u32 %r72,%tid.x;
add.s32 %r258,%r72,1;
setp.ge.u32 %p6,%r258,%r8;
@%p6 bra $L__BB0_11;
cvt.u64.u32 %rd26,%r7;
sub.s64 %rd27,%rd7,%rd26;
add.s64 %rd9,%rd15,%rd27;
shl.b32 %r9,%r7,3;
mov.u32 %r75, -2;
sub.s32 %r76,%r75,%r72;
add.s32 %r10,%r76,%r8;
shr.u32 %r77,%r10,8;
add.s32 %r78,%r77,1;
and.b32 %r11,%r78,3;
setp.eq.s32 %p7,%r11,0;
@%p7 bra $L__BB0_8;
add.s32 %r86,%r72,1;
mul.wide.u32 %rd30,%r86,4;
add.s64 %rd28,%rd9,%rd30;
ld.global.nc.u32 %r79, [%rd28];
add.s64 %rd29,%rd28,4;
ld.global.nc.u32 %r80, [%rd29];
shf.r.wrap.b32 %r81,%r79,%r80,%r9;
add.s64 %rd32,%rd22,%rd30;
st.shared.u32 [%rd32],%r81;
add.s32 %r258,%r72,257;
setp.eq.s32 %p8,%r11,1;
@%p8 bra $L__BB0_8;
add.s32 %r94,%r72,257;
mul.wide.u32 %rd35,%r94,4;
add.s64 %rd33,%rd9,%rd35;
ld.global.nc.u32 %r87, [%rd33];
add.s64 %rd34,%rd33,4;
ld.global.nc.u32 %r88, [%rd34];
shf.r.wrap.b32 %r89,%r87,%r88,%r9;
add.s64 %rd37,%rd22,%rd35;
st.shared.u32 [%rd37],%r89;
add.s32 %r258,%r72,513;
setp.eq.s32 %p9,%r11,2;
@%p9 bra $L__BB0_8;
add.s32 %r102,%r72,513;
mul.wide.u32 %rd40,%r102,4;
add.s64 %rd38,%rd9,%rd40;
ld.global.nc.u32 %r95, [%rd38];
add.s64 %rd39,%rd38,4;
ld.global.nc.u32 %r96, [%rd39];
shf.r.wrap.b32 %r97,%r95,%r96,%r9;
st.shared.u32 [%rd4],%r97;
add.s32 %r258,%r72,769;
$L__BB0_8:
setp.lt.u32 %p10,%r10,768;
@%p10 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd49,%r258,4;
add.s64 %rd41,%rd9,%rd49;
ld.global.nc.u32 %r103, [%rd41];
add.s64 %rd42,%rd41,4;
ld.global.nc.u32 %r104, [%rd42];
shf.r.wrap.b32 %r105,%r103,%r104,%r9;
add.s64 %rd51,%rd22,%rd49;
st.shared.u32 [%rd51],%r105;
add.s32 %r127,%r258,256;
mul.wide.u32 %rd52,%r127,4;
add.s64 %rd43,%rd9,%rd52;
ld.global.nc.u32 %r109, [%rd43];
add.s64 %rd44,%rd43,4;
ld.global.nc.u32 %r110, [%rd44];
shf.r.wrap.b32 %r111,%r109,%r110,%r9;
add.s64 %rd53,%rd22,%rd52;
st.shared.u32 [%rd53],%r111;
add.s32 %r128,%r258,512;
mul.wide.u32 %rd54,%r128,4;
add.s64 %rd45,%rd9,%rd54;
ld.global.nc.u32 %r115, [%rd45];
add.s64 %rd46,%rd45,4;
ld.global.nc.u32 %r116, [%rd46];
shf.r.wrap.b32 %r117,%r115,%r116,%r9;
add.s64 %rd55,%rd22,%rd54;
st.shared.u32 [%rd55],%r117;
add.s32 %r129,%r258,768;
mul.wide.u32 %rd56,%r129,4;
add.s64 %rd47,%rd9,%rd56;
ld.global.nc.u32 %r121, [%rd47];
add.s64 %rd48,%rd47,4;
ld.global.nc.u32 %r122, [%rd48];
shf.r.wrap.b32 %r123,%r121,%r122,%r9;
add.s64 %rd57,%rd22,%rd56;
st.shared.u32 [%rd57],%r123;
add.s32 %r258,%r258,1024;
setp.lt.u32 %p11,%r258,%r8;
@%p11 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p12,%r1,15;
@%p12 bra $L__BB0_24;
setp.lt.u32 %p13,%r72,4;
shl.b32 %r131,%r8,2;
add.s32 %r132,%r72,%r131;
add.s32 %r133,%r132, -4;
selp.b32 %r19,%r72,%r133,%p13;
setp.ge.u32 %p14,%r19,%r6;
@%p14 bra $L__BB0_24;
cvt.u64.u32 %rd58,%r19;
add.s64 %rd59,%rd7,%rd58;
cvta.to.global.u64 %rd60,%rd15;
add.s64 %rd61,%rd60,%rd59;
ld.global.u8 %rs1, [%rd61];
add.s64 %rd63,%rd22,%rd58;
st.shared.u8 [%rd63],%rs1;
bra.uni $L__BB0_24;
$L__BB0_14:
shr.u32 %r20,%r5,9;
setp.ge.u32 %p15,%r1,%r20;
@%p15 bra $L__BB0_16;
mov.u32 %r139,%tid.x;
mul.wide.u32 %rd65,%r139,16;
add.s64 %rd64,%rd8,%rd65;
ld.global.nc.v4.u32 {%r263,%r262,%r261,%r260}, [%rd64];
$L__BB0_16:
mov.u32 %r141,%tid.x;
add.s32 %r142,%r141,256;
setp.ge.u32 %p16,%r142,%r20;
@%p16 bra $L__BB0_18;
mul.wide.u32 %rd67,%r141,16;
add.s64 %rd68,%rd8,%rd67;
add.s64 %rd66,%rd68,4096;
ld.global.nc.v4.u32 {%r264,%r265,%r266,%r267}, [%rd66];
$L__BB0_18:
@%p15 bra $L__BB0_20;
mul.wide.u32 %rd69,%r141,16;
add.s64 %rd71,%rd22,%rd69;
st.shared.v4.u32 [%rd71], {%r263,%r262,%r261,%r260};
$L__BB0_20:
@%p16 bra $L__BB0_22;
mul.wide.u32 %rd72,%r142,16;
add.s64 %rd74,%rd22,%rd72;
st.shared.v4.u32 [%rd74], {%r264,%r265,%r266,%r267};
$L__BB0_22:
and.b32 %r153,%r6,15;
setp.ge.u32 %p19,%r1,%r153;
@%p19 bra $L__BB0_24;
and.b32 %r154,%r6,16368;
add.s32 %r155,%r154,%r1;
cvt.u64.u32 %rd75,%r155;
add.s64 %rd76,%rd7,%rd75;
cvta.to.global.u64 %rd77,%rd15;
add.s64 %rd78,%rd77,%rd76;
ld.global.u8 %rs2, [%rd78];
add.s64 %rd80,%rd22,%rd75;
st.shared.u8 [%rd80],%rs2;
$L__BB0_24:
and.b64 %rd81,%rd17,15;
setp.eq.s64 %p20,%rd81,0;
bar.sync 0;
setp.eq.s32 %p21,%r4,8192;
and.pred %p1,%p20,%p21;
setp.ge.u32 %p22,%r2,%r4;
@%p22 bra $L__BB0_67;
cvta.to.global.u64 %rd82,%rd17;
setp.eq.s32 %p23,%r62,0;
selp.b64 %rd83,4,2,%p23;
mul.lo.s64 %rd84,%rd6,%rd83;
add.s64 %rd10,%rd82,%rd84;
mov.u32 %r268,%r2;
mov.u32 %r269,%r1;
$L__BB0_26:
.pragma "nounroll";
shr.u32 %r156,%r269,2;
mul.lo.s32 %r157,%r156,18;
cvt.u64.u32 %rd85,%r157;
add.s64 %rd87,%rd22,%rd85;
shl.b32 %r158,%r269,3;
and.b32 %r159,%r158,8;
cvt.u64.u32 %rd88,%r159;
add.s64 %rd89,%rd87,%rd88;
ld.shared.u16 %rs4, [%rd89+2];
ld.shared.u16 %rs5, [%rd89+4];
mov.b32 %r160, {%rs4,%rs5};
ld.shared.u16 %rs6, [%rd89+6];
ld.shared.u16 %rs7, [%rd89+8];
mov.b32 %r161, {%rs6,%rs7};
shl.b32 %r162,%r269,1;
and.b32 %r163,%r162,4;
ld.shared.u16 %rs3, [%rd87];
cvt.f32.f16 %f9,%rs3;
shr.u32 %r164,%r160,%r163;
and.b32 %r165,%r164,252645135;
mov.u32 %r166,30288;
mov.u32 %r167,1258291200;
prmt.b32 %r168,%r165,%r167,%r166;
mov.b32 %f11,%r168;
mov.f32 %f54,0f4B000008;
sub.rn.f32 %f10,%f11,%f54;
mul.rn.f32 %f13,%f10,%f9;
mov.b32 %r39,%f13;
mov.u32 %r169,30289;
prmt.b32 %r170,%r165,%r167,%r169;
mov.b32 %f17,%r170;
sub.rn.f32 %f16,%f17,%f54;
mul.rn.f32 %f19,%f16,%f9;
mov.b32 %r40,%f19;
mov.u32 %r171,30290;
prmt.b32 %r172,%r165,%r167,%r171;
mov.b32 %f23,%r172;
sub.rn.f32 %f22,%f23,%f54;
mul.rn.f32 %f25,%f22,%f9;
mov.b32 %r41,%f25;
mov.u32 %r173,30291;
prmt.b32 %r174,%r165,%r167,%r173;
mov.b32 %f29,%r174;
sub.rn.f32 %f28,%f29,%f54;
mul.rn.f32 %f31,%f28,%f9;
mov.b32 %r42,%f31;
shr.u32 %r175,%r161,%r163;
and.b32 %r176,%r175,252645135;
prmt.b32 %r177,%r176,%r167,%r166;
mov.b32 %f35,%r177;
sub.rn.f32 %f34,%f35,%f54;
mul.rn.f32 %f37,%f34,%f9;
mov.b32 %r43,%f37;
prmt.b32 %r178,%r176,%r167,%r169;
mov.b32 %f41,%r178;
sub.rn.f32 %f40,%f41,%f54;
mul.rn.f32 %f43,%f40,%f9;
mov.b32 %r44,%f43;
prmt.b32 %r179,%r176,%r167,%r171;
mov.b32 %f47,%r179;
sub.rn.f32 %f46,%f47,%f54;
mul.rn.f32 %f49,%f46,%f9;
mov.b32 %r45,%f49;
prmt.b32 %r180,%r176,%r167,%r173;
mov.b32 %f53,%r180;
sub.rn.f32 %f52,%f53,%f54;
mul.rn.f32 %f55,%f52,%f9;
mov.b32 %r46,%f55;
sub.s32 %r47,%r4,%r268;
@%p23 bra $L__BB0_29;
setp.ne.s32 %p25,%r62,1;
@%p25 bra $L__BB0_47;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f13;
cvt.rn.f16.f32 upper,%f19;
mov.b32 %r270, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f25;
cvt.rn.f16.f32 upper,%f31;
mov.b32 %r271, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f37;
cvt.rn.f16.f32 upper,%f43;
mov.b32 %r272, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f49;
cvt.rn.f16.f32 upper,%f55;
mov.b32 %r273, {lower, upper};
}
bra.uni $L__BB0_48;
$L__BB0_29:
cvt.u64.u32 %rd11,%r268;
@%p1 bra $L__BB0_46;
bra.uni $L__BB0_30;
$L__BB0_46:
setp.ne.s32 %p34,%r3,0;
selp.b32 %r185,%r39,%r43,%p34;
mov.u32 %r186,31;
mov.u32 %r187,1;
mov.u32 %r188, -1;
shfl.sync.bfly.b32 %r189|%p35,%r185,%r187,%r186,%r188;
mov.b32 %f66,%r189;
selp.b32 %r190,%r40,%r44,%p34;
shfl.sync.bfly.b32 %r191|%p36,%r190,%r187,%r186,%r188;
mov.b32 %f67,%r191;
selp.b32 %r192,%r41,%r45,%p34;
shfl.sync.bfly.b32 %r193|%p37,%r192,%r187,%r186,%r188;
mov.b32 %f68,%r193;
selp.b32 %r194,%r42,%r46,%p34;
shfl.sync.bfly.b32 %r195|%p38,%r194,%r187,%r186,%r188;
mov.b32 %f69,%r195;
add.s64 %rd91,%rd11,%rd3;
shl.b64 %rd92,%rd91,2;
add.s64 %rd93,%rd10,%rd92;
selp.f32 %f70,%f66,%f13,%p34;
selp.f32 %f71,%f67,%f19,%p34;
selp.f32 %f72,%f68,%f25,%p34;
selp.f32 %f73,%f69,%f31,%p34;
st.global.v4.f32 [%rd93], {%f70,%f71,%f72,%f73};
selp.f32 %f74,%f37,%f66,%p34;
selp.f32 %f75,%f43,%f67,%p34;
selp.f32 %f76,%f49,%f68,%p34;
selp.f32 %f77,%f55,%f69,%p34;
st.global.v4.f32 [%rd93+32], {%f74,%f75,%f76,%f77};
bra.uni $L__BB0_66;
$L__BB0_47:
and.b32 %r196,%r39,2147483647;
setp.gt.u32 %p39,%r196,2139095040;
shr.u32 %r197,%r39,16;
and.b32 %r198,%r197,1;
add.s32 %r199,%r39,%r198;
add.s32 %r200,%r199,32767;
or.b32 %r201,%r39,4194304;
selp.b32 %r202,%r201,%r200,%p39;
and.b32 %r203,%r40,2147483647;
setp.gt.u32 %p40,%r203,2139095040;
shr.u32 %r204,%r40,16;
and.b32 %r205,%r204,1;
add.s32 %r206,%r40,%r205;
add.s32 %r207,%r206,32767;
or.b32 %r208,%r40,4194304;
selp.b32 %r209,%r208,%r207,%p40;
mov.u32 %r210,30258;
prmt.b32 %r270,%r202,%r209,%r210;
and.b32 %r211,%r41,2147483647;
setp.gt.u32 %p41,%r211,2139095040;
shr.u32 %r212,%r41,16;
and.b32 %r213,%r212,1;
add.s32 %r214,%r41,%r213;
add.s32 %r215,%r214,32767;
or.b32 %r216,%r41,4194304;
selp.b32 %r217,%r216,%r215,%p41;
and.b32 %r218,%r42,2147483647;
setp.gt.u32 %p42,%r218,2139095040;
shr.u32 %r219,%r42,16;
and.b32 %r220,%r219,1;
add.s32 %r221,%r42,%r220;
add.s32 %r222,%r221,32767;
or.b32 %r223,%r42,4194304;
selp.b32 %r224,%r223,%r222,%p42;
prmt.b32 %r271,%r217,%r224,%r210;
and.b32 %r225,%r43,2147483647;
setp.gt.u32 %p43,%r225,2139095040;
shr.u32 %r226,%r43,16;
and.b32 %r227,%r226,1;
add.s32 %r228,%r43,%r227;
add.s32 %r229,%r228,32767;
or.b32 %r230,%r43,4194304;
selp.b32 %r231,%r230,%r229,%p43;
and.b32 %r232,%r44,2147483647;
setp.gt.u32 %p44,%r232,2139095040;
shr.u32 %r233,%r44,16;
and.b32 %r234,%r233,1;
add.s32 %r235,%r44,%r234;
add.s32 %r236,%r235,32767;
or.b32 %r237,%r44,4194304;
selp.b32 %r238,%r237,%r236,%p44;
prmt.b32 %r272,%r231,%r238,%r210;
and.b32 %r239,%r45,2147483647;
setp.gt.u32 %p45,%r239,2139095040;
shr.u32 %r240,%r45,16;
and.b32 %r241,%r240,1;
add.s32 %r242,%r45,%r241;
add.s32 %r243,%r242,32767;
or.b32 %r244,%r45,4194304;
selp.b32 %r245,%r244,%r243,%p45;
and.b32 %r246,%r46,2147483647;
setp.gt.u32 %p46,%r246,2139095040;
shr.u32 %r247,%r46,16;
and.b32 %r248,%r247,1;
add.s32 %r249,%r46,%r248;
add.s32 %r250,%r249,32767;
or.b32 %r251,%r46,4194304;
selp.b32 %r252,%r251,%r250,%p46;
prmt.b32 %r273,%r245,%r252,%r210;
$L__BB0_48:
mul.wide.u32 %rd94,%r268,2;
add.s64 %rd13,%rd10,%rd94;
@%p1 bra $L__BB0_65;
bra.uni $L__BB0_49;
$L__BB0_65:
st.global.v4.u32 [%rd13], {%r270,%r271,%r272,%r273};
bra.uni $L__BB0_66;
$L__BB0_49:
setp.eq.s32 %p47,%r47,0;
@%p47 bra $L__BB0_51;
st.global.u16 [%rd13],%r270;
$L__BB0_51:
setp.lt.u32 %p48,%r47,2;
@%p48 bra $L__BB0_53;
shr.u32 %r253,%r270,16;
st.global.u16 [%rd13+2],%r253;
$L__BB0_53:
setp.lt.u32 %p49,%r47,3;
@%p49 bra $L__BB0_55;
st.global.u16 [%rd13+4],%r271;
$L__BB0_55:
setp.lt.u32 %p50,%r47,4;
@%p50 bra $L__BB0_57;
shr.u32 %r254,%r271,16;
st.global.u16 [%rd13+6],%r254;
$L__BB0_57:
setp.lt.u32 %p51,%r47,5;
@%p51 bra $L__BB0_59;
st.global.u16 [%rd13+8],%r272;
$L__BB0_59:
setp.lt.u32 %p52,%r47,6;
@%p52 bra $L__BB0_61;
shr.u32 %r255,%r272,16;
st.global.u16 [%rd13+10],%r255;
$L__BB0_61:
setp.lt.u32 %p53,%r47,7;
@%p53 bra $L__BB0_63;
st.global.u16 [%rd13+12],%r273;
$L__BB0_63:
setp.lt.u32 %p54,%r47,8;
@%p54 bra $L__BB0_66;
shr.u32 %r256,%r273,16;
st.global.u16 [%rd13+14],%r256;
bra.uni $L__BB0_66;
$L__BB0_30:
setp.eq.s32 %p26,%r47,0;
shl.b64 %rd90,%rd11,2;
add.s64 %rd12,%rd10,%rd90;
@%p26 bra $L__BB0_32;
st.global.f32 [%rd12],%f13;
$L__BB0_32:
setp.lt.u32 %p27,%r47,2;
@%p27 bra $L__BB0_34;
st.global.f32 [%rd12+4],%f19;
$L__BB0_34:
setp.lt.u32 %p28,%r47,3;
@%p28 bra $L__BB0_36;
st.global.f32 [%rd12+8],%f25;
$L__BB0_36:
setp.lt.u32 %p29,%r47,4;
@%p29 bra $L__BB0_38;
st.global.f32 [%rd12+12],%f31;
$L__BB0_38:
setp.lt.u32 %p30,%r47,5;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd12+16],%f37;
$L__BB0_40:
setp.lt.u32 %p31,%r47,6;
@%p31 bra $L__BB0_42;
st.global.f32 [%rd12+20],%f43;
$L__BB0_42:
setp.lt.u32 %p32,%r47,7;
@%p32 bra $L__BB0_44;
st.global.f32 [%rd12+24],%f49;
$L__BB0_44:
setp.lt.u32 %p33,%r47,8;
@%p33 bra $L__BB0_66;
st.global.f32 [%rd12+28],%f55;
$L__BB0_66:
add.s32 %r269,%r269,256;
shl.b32 %r268,%r269,3;
setp.lt.u32 %p55,%r268,%r4;
@%p55 bra $L__BB0_26;
$L__BB0_67:
bar.sync 0;
mov.u32 %r257,%nctaid.x;
cvt.u64.u32 %rd95,%r257;
add.s64 %rd96,%rd96,%rd95;
setp.lt.u64 %p56,%rd96,%rd1;
@%p56 bra $L__BB0_2;
$L__BB0_68:
ret;
}
)ptx"},
{tensor_type::q4_1, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_q4_1(
.param .u64 cria_dequantize_q4_1_param_0,
.param .u64 cria_dequantize_q4_1_param_1,
.param .u64 cria_dequantize_q4_1_param_2,
.param .u32 cria_dequantize_q4_1_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<57>;
.reg .b16 %rs<5>;
.reg .f32 %f<103>;
.reg .b32 %r<278>;
.reg .b64 %rd<97>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q4_1EEEvPKhyPhjE4tile[5136];
ld.param.u64 %rd15, [cria_dequantize_q4_1_param_0];
ld.param.u64 %rd16, [cria_dequantize_q4_1_param_1];
ld.param.u64 %rd17, [cria_dequantize_q4_1_param_2];
ld.param.u32 %r62, [cria_dequantize_q4_1_param_3];
shr.u64 %rd18,%rd16,13;
and.b64 %rd19,%rd16,8191;
setp.ne.s64 %p2,%rd19,0;
selp.u64 %rd20,1,0,%p2;
add.s64 %rd1,%rd18,%rd20;
mov.u32 %r63,%ctaid.x;
cvt.u64.u32 %rd96,%r63;
setp.le.u64 %p3,%rd1,%rd96;
@%p3 bra $L__BB0_68;
mov.u32 %r1,%tid.x;
shl.b32 %r2,%r1,3;
and.b32 %r3,%r1,1;
shl.b32 %r64,%r1,2;
and.b32 %r65,%r64,4;
neg.s32 %r66,%r65;
cvt.s64.s32 %rd3,%r66;
add.s32 %r67,%r1,513;
mul.wide.u32 %rd21,%r67,4;
mov.u64 %rd22, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q4_1EEEvPKhyPhjE4tile;
add.s64 %rd4,%rd22,%rd21;
$L__BB0_2:
shl.b64 %rd6,%rd96,13;
sub.s64 %rd23,%rd16,%rd6;
min.u64 %rd24,%rd23,8192;
cvt.u32.u64 %r4,%rd24;
mul.lo.s64 %rd7,%rd96,5120;
add.s64 %rd8,%rd15,%rd7;
mul.lo.s32 %r5,%r4,20;
shr.u32 %r6,%r5,5;
and.b64 %rd25,%rd8,15;
setp.eq.s64 %p4,%rd25,0;
@%p4 bra $L__BB0_14;
cvt.u32.u64 %r68,%rd8;
and.b32 %r7,%r68,3;
add.s32 %r69,%r6,%r7;
setp.lt.u32 %p5,%r69,8;
add.s32 %r70,%r69, -4;
shr.u32 %r71,%r70,2;
selp.b32 %r8,1,%r71,%p5;
mov.u32 %r72,%tid.x;
add.s32 %r262,%r72,1;
setp.ge.u32 %p6,%r262,%r8;
@%p6 bra $L__BB0_11;
cvt.u64.u32 %rd26,%r7;
sub.s64 %rd27,%rd7,%rd26;
add.s64 %rd9,%rd15,%rd27;
shl.b32 %r9,%r7,3;
mov.u32 %r75, -2;
sub.s32 %r76,%r75,%r72;
add.s32 %r10,%r76,%r8;
shr.u32 %r77,%r10,8;
add.s32 %r78,%r77,1;
and.b32 %r11,%r78,3;
setp.eq.s32 %p7,%r11,0;
@%p7 bra $L__BB0_8;
add.s32 %r86,%r72,1;
mul.wide.u32 %rd30,%r86,4;
add.s64 %rd28,%rd9,%rd30;
ld.global.nc.u32 %r79, [%rd28];
add.s64 %rd29,%rd28,4;
ld.global.nc.u32 %r80, [%rd29];
shf.r.wrap.b32 %r81,%r79,%r80,%r9;
add.s64 %rd32,%rd22,%rd30;
st.shared.u32 [%rd32],%r81;
add.s32 %r262,%r72,257;
setp.eq.s32 %p8,%r11,1;
@%p8 bra $L__BB0_8;
add.s32 %r94,%r72,257;
mul.wide.u32 %rd35,%r94,4;
add.s64 %rd33,%rd9,%rd35;
ld.global.nc.u32 %r87, [%rd33];
add.s64 %rd34,%rd33,4;
ld.global.nc.u32 %r88, [%rd34];
shf.r.wrap.b32 %r89,%r87,%r88,%r9;
add.s64 %rd37,%rd22,%rd35;
st.shared.u32 [%rd37],%r89;
add.s32 %r262,%r72,513;
setp.eq.s32 %p9,%r11,2;
@%p9 bra $L__BB0_8;
add.s32 %r102,%r72,513;
mul.wide.u32 %rd40,%r102,4;
add.s64 %rd38,%rd9,%rd40;
ld.global.nc.u32 %r95, [%rd38];
add.s64 %rd39,%rd38,4;
ld.global.nc.u32 %r96, [%rd39];
shf.r.wrap.b32 %r97,%r95,%r96,%r9;
st.shared.u32 [%rd4],%r97;
add.s32 %r262,%r72,769;
$L__BB0_8:
setp.lt.u32 %p10,%r10,768;
@%p10 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd49,%r262,4;
add.s64 %rd41,%rd9,%rd49;
ld.global.nc.u32 %r103, [%rd41];
add.s64 %rd42,%rd41,4;
ld.global.nc.u32 %r104, [%rd42];
shf.r.wrap.b32 %r105,%r103,%r104,%r9;
add.s64 %rd51,%rd22,%rd49;
st.shared.u32 [%rd51],%r105;
add.s32 %r127,%r262,256;
mul.wide.u32 %rd52,%r127,4;
add.s64 %rd43,%rd9,%rd52;
ld.global.nc.u32 %r109, [%rd43];
add.s64 %rd44,%rd43,4;
ld.global.nc.u32 %r110, [%rd44];
shf.r.wrap.b32 %r111,%r109,%r110,%r9;
add.s64 %rd53,%rd22,%rd52;
st.shared.u32 [%rd53],%r111;
add.s32 %r128,%r262,512;
mul.wide.u32 %rd54,%r128,4;
add.s64 %rd45,%rd9,%rd54;
ld.global.nc.u32 %r115, [%rd45];
add.s64 %rd46,%rd45,4;
ld.global.nc.u32 %r116, [%rd46];
shf.r.wrap.b32 %r117,%r115,%r116,%r9;
add.s64 %rd55,%rd22,%rd54;
st.shared.u32 [%rd55],%r117;
add.s32 %r129,%r262,768;
mul.wide.u32 %rd56,%r129,4;
add.s64 %rd47,%rd9,%rd56;
ld.global.nc.u32 %r121, [%rd47];
add.s64 %rd48,%rd47,4;
ld.global.nc.u32 %r122, [%rd48];
shf.r.wrap.b32 %r123,%r121,%r122,%r9;
add.s64 %rd57,%rd22,%rd56;
st.shared.u32 [%rd57],%r123;
add.s32 %r262,%r262,1024;
setp.lt.u32 %p11,%r262,%r8;
@%p11 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p12,%r1,15;
@%p12 bra $L__BB0_24;
setp.lt.u32 %p13,%r72,4;
shl.b32 %r131,%r8,2;
add.s32 %r132,%r72,%r131;
add.s32 %r133,%r132, -4;
selp.b32 %r19,%r72,%r133,%p13;
setp.ge.u32 %p14,%r19,%r6;
@%p14 bra $L__BB0_24;
cvt.u64.u32 %rd58,%r19;
add.s64 %rd59,%rd7,%rd58;
cvta.to.global.u64 %rd60,%rd15;
add.s64 %rd61,%rd60,%rd59;
ld.global.u8 %rs1, [%rd61];
add.s64 %rd63,%rd22,%rd58;
st.shared.u8 [%rd63],%rs1;
bra.uni $L__BB0_24;
$L__BB0_14:
shr.u32 %r20,%r5,9;
setp.ge.u32 %p15,%r1,%r20;
@%p15 bra $L__BB0_16;
mov.u32 %r139,%tid.x;
mul.wide.u32 %rd65,%r139,16;
add.s64 %rd64,%rd8,%rd65;
ld.global.nc.v4.u32 {%r267,%r266,%r265,%r264}, [%rd64];
$L__BB0_16:
mov.u32 %r141,%tid.x;
add.s32 %r142,%r141,256;
setp.ge.u32 %p16,%r142,%r20;
@%p16 bra $L__BB0_18;
mul.wide.u32 %rd67,%r141,16;
add.s64 %rd68,%rd8,%rd67;
add.s64 %rd66,%rd68,4096;
ld.global.nc.v4.u32 {%r271,%r270,%r269,%r268}, [%rd66];
$L__BB0_18:
@%p15 bra $L__BB0_20;
mul.wide.u32 %rd69,%r141,16;
add.s64 %rd71,%rd22,%rd69;
st.shared.v4.u32 [%rd71], {%r267,%r266,%r265,%r264};
$L__BB0_20:
@%p16 bra $L__BB0_22;
mul.wide.u32 %rd72,%r142,16;
add.s64 %rd74,%rd22,%rd72;
st.shared.v4.u32 [%rd74], {%r271,%r270,%r269,%r268};
$L__BB0_22:
and.b32 %r153,%r6,15;
setp.ge.u32 %p19,%r1,%r153;
@%p19 bra $L__BB0_24;
and.b32 %r154,%r6,16368;
add.s32 %r155,%r154,%r1;
cvt.u64.u32 %rd75,%r155;
add.s64 %rd76,%rd7,%rd75;
cvta.to.global.u64 %rd77,%rd15;
add.s64 %rd78,%rd77,%rd76;
ld.global.u8 %rs2, [%rd78];
add.s64 %rd80,%rd22,%rd75;
st.shared.u8 [%rd80],%rs2;
$L__BB0_24:
and.b64 %rd81,%rd17,15;
setp.eq.s64 %p20,%rd81,0;
bar.sync 0;
setp.eq.s32 %p21,%r4,8192;
and.pred %p1,%p20,%p21;
setp.ge.u32 %p22,%r2,%r4;
@%p22 bra $L__BB0_67;
cvta.to.global.u64 %rd82,%rd17;
setp.eq.s32 %p23,%r62,0;
selp.b64 %rd83,4,2,%p23;
mul.lo.s64 %rd84,%rd6,%rd83;
add.s64 %rd10,%rd82,%rd84;
mov.u32 %r272,%r2;
mov.u32 %r273,%r1;
$L__BB0_26:
.pragma "nounroll";
shr.u32 %r156,%r273,2;
mul.lo.s32 %r157,%r156,20;
cvt.u64.u32 %rd85,%r157;
add.s64 %rd87,%rd22,%rd85;
shl.b32 %r158,%r273,3;
and.b32 %r159,%r158,8;
cvt.u64.u32 %rd88,%r159;
add.s64 %rd89,%rd87,%rd88;
ld.shared.u32 %r160, [%rd89+4];
ld.shared.u32 %r161, [%rd89+8];
shl.b32 %r162,%r273,1;
and.b32 %r163,%r162,4;
ld.shared.u32 %r164, [%rd87];
cvt.u16.u32 %rs3,%r164;
cvt.f32.f16 %f9,%rs3;
shr.u32 %r165,%r164,16;
cvt.u16.u32 %rs4,%r165;
cvt.f32.f16 %f10,%rs4;
mov.b32 %r166,%f10;
xor.b32 %r167,%r166, -2147483648;
mov.b32 %f82,%r167;
shr.u32 %r168,%r160,%r163;
and.b32 %r169,%r168,252645135;
mov.u32 %r170,30288;
mov.u32 %r171,1258291200;
prmt.b32 %r172,%r169,%r171,%r170;
mov.b32 %f12,%r172;
mov.f32 %f76,0f4B000000;
sub.rn.f32 %f11,%f12,%f76;
mul.rn.f32 %f14,%f11,%f9;
sub.rn.f32 %f17,%f14,%f82;
mov.b32 %r39,%f17;
mov.u32 %r173,30289;
prmt.b32 %r174,%r169,%r171,%r173;
mov.b32 %f21,%r174;
sub.rn.f32 %f20,%f21,%f76;
mul.rn.f32 %f23,%f20,%f9;
sub.rn.f32 %f26,%f23,%f82;
mov.b32 %r40,%f26;
mov.u32 %r175,30290;
prmt.b32 %r176,%r169,%r171,%r175;
mov.b32 %f30,%r176;
sub.rn.f32 %f29,%f30,%f76;
mul.rn.f32 %f32,%f29,%f9;
sub.rn.f32 %f35,%f32,%f82;
mov.b32 %r41,%f35;
mov.u32 %r177,30291;
prmt.b32 %r178,%r169,%r171,%r177;
mov.b32 %f39,%r178;
sub.rn.f32 %f38,%f39,%f76;
mul.rn.f32 %f41,%f38,%f9;
sub.rn.f32 %f44,%f41,%f82;
mov.b32 %r42,%f44;
shr.u32 %r179,%r161,%r163;
and.b32 %r180,%r179,252645135;
prmt.b32 %r181,%r180,%r171,%r170;
mov.b32 %f48,%r181;
sub.rn.f32 %f47,%f48,%f76;
mul.rn.f32 %f50,%f47,%f9;
sub.rn.f32 %f53,%f50,%f82;
mov.b32 %r43,%f53;
prmt.b32 %r182,%r180,%r171,%r173;
mov.b32 %f57,%r182;
sub.rn.f32 %f56,%f57,%f76;
mul.rn.f32 %f59,%f56,%f9;
sub.rn.f32 %f62,%f59,%f82;
mov.b32 %r44,%f62;
prmt.b32 %r183,%r180,%r171,%r175;
mov.b32 %f66,%r183;
sub.rn.f32 %f65,%f66,%f76;
mul.rn.f32 %f68,%f65,%f9;
sub.rn.f32 %f71,%f68,%f82;
mov.b32 %r45,%f71;
prmt.b32 %r184,%r180,%r171,%r177;
mov.b32 %f75,%r184;
sub.rn.f32 %f74,%f75,%f76;
mul.rn.f32 %f77,%f74,%f9;
sub.rn.f32 %f80,%f77,%f82;
mov.b32 %r46,%f80;
sub.s32 %r47,%r4,%r272;
@%p23 bra $L__BB0_29;
setp.ne.s32 %p25,%r62,1;
@%p25 bra $L__BB0_47;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f17;
cvt.rn.f16.f32 upper,%f26;
mov.b32 %r274, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f35;
cvt.rn.f16.f32 upper,%f44;
mov.b32 %r275, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f53;
cvt.rn.f16.f32 upper,%f62;
mov.b32 %r276, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f71;
cvt.rn.f16.f32 upper,%f80;
mov.b32 %r277, {lower, upper};
}
bra.uni $L__BB0_48;
$L__BB0_29:
cvt.u64.u32 %rd11,%r272;
@%p1 bra $L__BB0_46;
bra.uni $L__BB0_30;
$L__BB0_46:
setp.ne.s32 %p34,%r3,0;
selp.b32 %r189,%r39,%r43,%p34;
mov.u32 %r190,31;
mov.u32 %r191,1;
mov.u32 %r192, -1;
shfl.sync.bfly.b32 %r193|%p35,%r189,%r191,%r190,%r192;
mov.b32 %f91,%r193;
selp.b32 %r194,%r40,%r44,%p34;
shfl.sync.bfly.b32 %r195|%p36,%r194,%r191,%r190,%r192;
mov.b32 %f92,%r195;
selp.b32 %r196,%r41,%r45,%p34;
shfl.sync.bfly.b32 %r197|%p37,%r196,%r191,%r190,%r192;
mov.b32 %f93,%r197;
selp.b32 %r198,%r42,%r46,%p34;
shfl.sync.bfly.b32 %r199|%p38,%r198,%r191,%r190,%r192;
mov.b32 %f94,%r199;
add.s64 %rd91,%rd11,%rd3;
shl.b64 %rd92,%rd91,2;
add.s64 %rd93,%rd10,%rd92;
selp.f32 %f95,%f91,%f17,%p34;
selp.f32 %f96,%f92,%f26,%p34;
selp.f32 %f97,%f93,%f35,%p34;
selp.f32 %f98,%f94,%f44,%p34;
st.global.v4.f32 [%rd93], {%f95,%f96,%f97,%f98};
selp.f32 %f99,%f53,%f91,%p34;
selp.f32 %f100,%f62,%f92,%p34;
selp.f32 %f101,%f71,%f93,%p34;
selp.f32 %f102,%f80,%f94,%p34;
st.global.v4.f32 [%rd93+32], {%f99,%f100,%f101,%f102};
bra.uni $L__BB0_66;
$L__BB0_47:
and.b32 %r200,%r39,2147483647;
setp.gt.u32 %p39,%r200,2139095040;
shr.u32 %r201,%r39,16;
and.b32 %r202,%r201,1;
add.s32 %r203,%r39,%r202;
add.s32 %r204,%r203,32767;
or.b32 %r205,%r39,4194304;
selp.b32 %r206,%r205,%r204,%p39;
and.b32 %r207,%r40,2147483647;
setp.gt.u32 %p40,%r207,2139095040;
shr.u32 %r208,%r40,16;
and.b32 %r209,%r208,1;
add.s32 %r210,%r40,%r209;
add.s32 %r211,%r210,32767;
or.b32 %r212,%r40,4194304;
selp.b32 %r213,%r212,%r211,%p40;
mov.u32 %r214,30258;
prmt.b32 %r274,%r206,%r213,%r214;
and.b32 %r215,%r41,2147483647;
setp.gt.u32 %p41,%r215,2139095040;
shr.u32 %r216,%r41,16;
and.b32 %r217,%r216,1;
add.s32 %r218,%r41,%r217;
add.s32 %r219,%r218,32767;
or.b32 %r220,%r41,4194304;
selp.b32 %r221,%r220,%r219,%p41;
and.b32 %r222,%r42,2147483647;
setp.gt.u32 %p42,%r222,2139095040;
shr.u32 %r223,%r42,16;
and.b32 %r224,%r223,1;
add.s32 %r225,%r42,%r224;
add.s32 %r226,%r225,32767;
or.b32 %r227,%r42,4194304;
selp.b32 %r228,%r227,%r226,%p42;
prmt.b32 %r275,%r221,%r228,%r214;
and.b32 %r229,%r43,2147483647;
setp.gt.u32 %p43,%r229,2139095040;
shr.u32 %r230,%r43,16;
and.b32 %r231,%r230,1;
add.s32 %r232,%r43,%r231;
add.s32 %r233,%r232,32767;
or.b32 %r234,%r43,4194304;
selp.b32 %r235,%r234,%r233,%p43;
and.b32 %r236,%r44,2147483647;
setp.gt.u32 %p44,%r236,2139095040;
shr.u32 %r237,%r44,16;
and.b32 %r238,%r237,1;
add.s32 %r239,%r44,%r238;
add.s32 %r240,%r239,32767;
or.b32 %r241,%r44,4194304;
selp.b32 %r242,%r241,%r240,%p44;
prmt.b32 %r276,%r235,%r242,%r214;
and.b32 %r243,%r45,2147483647;
setp.gt.u32 %p45,%r243,2139095040;
shr.u32 %r244,%r45,16;
and.b32 %r245,%r244,1;
add.s32 %r246,%r45,%r245;
add.s32 %r247,%r246,32767;
or.b32 %r248,%r45,4194304;
selp.b32 %r249,%r248,%r247,%p45;
and.b32 %r250,%r46,2147483647;
setp.gt.u32 %p46,%r250,2139095040;
shr.u32 %r251,%r46,16;
and.b32 %r252,%r251,1;
add.s32 %r253,%r46,%r252;
add.s32 %r254,%r253,32767;
or.b32 %r255,%r46,4194304;
selp.b32 %r256,%r255,%r254,%p46;
prmt.b32 %r277,%r249,%r256,%r214;
$L__BB0_48:
mul.wide.u32 %rd94,%r272,2;
add.s64 %rd13,%rd10,%rd94;
@%p1 bra $L__BB0_65;
bra.uni $L__BB0_49;
$L__BB0_65:
st.global.v4.u32 [%rd13], {%r274,%r275,%r276,%r277};
bra.uni $L__BB0_66;
$L__BB0_49:
setp.eq.s32 %p47,%r47,0;
@%p47 bra $L__BB0_51;
st.global.u16 [%rd13],%r274;
$L__BB0_51:
setp.lt.u32 %p48,%r47,2;
@%p48 bra $L__BB0_53;
shr.u32 %r257,%r274,16;
st.global.u16 [%rd13+2],%r257;
$L__BB0_53:
setp.lt.u32 %p49,%r47,3;
@%p49 bra $L__BB0_55;
st.global.u16 [%rd13+4],%r275;
$L__BB0_55:
setp.lt.u32 %p50,%r47,4;
@%p50 bra $L__BB0_57;
shr.u32 %r258,%r275,16;
st.global.u16 [%rd13+6],%r258;
$L__BB0_57:
setp.lt.u32 %p51,%r47,5;
@%p51 bra $L__BB0_59;
st.global.u16 [%rd13+8],%r276;
$L__BB0_59:
setp.lt.u32 %p52,%r47,6;
@%p52 bra $L__BB0_61;
shr.u32 %r259,%r276,16;
st.global.u16 [%rd13+10],%r259;
$L__BB0_61:
setp.lt.u32 %p53,%r47,7;
@%p53 bra $L__BB0_63;
st.global.u16 [%rd13+12],%r277;
$L__BB0_63:
setp.lt.u32 %p54,%r47,8;
@%p54 bra $L__BB0_66;
shr.u32 %r260,%r277,16;
st.global.u16 [%rd13+14],%r260;
bra.uni $L__BB0_66;
$L__BB0_30:
setp.eq.s32 %p26,%r47,0;
shl.b64 %rd90,%rd11,2;
add.s64 %rd12,%rd10,%rd90;
@%p26 bra $L__BB0_32;
st.global.f32 [%rd12],%f17;
$L__BB0_32:
setp.lt.u32 %p27,%r47,2;
@%p27 bra $L__BB0_34;
st.global.f32 [%rd12+4],%f26;
$L__BB0_34:
setp.lt.u32 %p28,%r47,3;
@%p28 bra $L__BB0_36;
st.global.f32 [%rd12+8],%f35;
$L__BB0_36:
setp.lt.u32 %p29,%r47,4;
@%p29 bra $L__BB0_38;
st.global.f32 [%rd12+12],%f44;
$L__BB0_38:
setp.lt.u32 %p30,%r47,5;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd12+16],%f53;
$L__BB0_40:
setp.lt.u32 %p31,%r47,6;
@%p31 bra $L__BB0_42;
st.global.f32 [%rd12+20],%f62;
$L__BB0_42:
setp.lt.u32 %p32,%r47,7;
@%p32 bra $L__BB0_44;
st.global.f32 [%rd12+24],%f71;
$L__BB0_44:
setp.lt.u32 %p33,%r47,8;
@%p33 bra $L__BB0_66;
st.global.f32 [%rd12+28],%f80;
$L__BB0_66:
add.s32 %r273,%r273,256;
shl.b32 %r272,%r273,3;
setp.lt.u32 %p55,%r272,%r4;
@%p55 bra $L__BB0_26;
$L__BB0_67:
bar.sync 0;
mov.u32 %r261,%nctaid.x;
cvt.u64.u32 %rd95,%r261;
add.s64 %rd96,%rd96,%rd95;
setp.lt.u64 %p56,%rd96,%rd1;
@%p56 bra $L__BB0_2;
$L__BB0_68:
ret;
}
)ptx"},
{tensor_type::q5_0, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_q5_0(
.param .u64 cria_dequantize_q5_0_param_0,
.param .u64 cria_dequantize_q5_0_param_1,
.param .u64 cria_dequantize_q5_0_param_2,
.param .u32 cria_dequantize_q5_0_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<57>;
.reg .b16 %rs<8>;
.reg .f32 %f<78>;
.reg .b32 %r<284>;
.reg .b64 %rd<99>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q5_0EEEvPKhyPhjE4tile[5648];
ld.param.u64 %rd15, [cria_dequantize_q5_0_param_0];
ld.param.u64 %rd16, [cria_dequantize_q5_0_param_1];
ld.param.u64 %rd17, [cria_dequantize_q5_0_param_2];
ld.param.u32 %r62, [cria_dequantize_q5_0_param_3];
shr.u64 %rd18,%rd16,13;
and.b64 %rd19,%rd16,8191;
setp.ne.s64 %p2,%rd19,0;
selp.u64 %rd20,1,0,%p2;
add.s64 %rd1,%rd18,%rd20;
mov.u32 %r63,%ctaid.x;
cvt.u64.u32 %rd98,%r63;
setp.le.u64 %p3,%rd1,%rd98;
@%p3 bra $L__BB0_68;
mov.u32 %r1,%tid.x;
shl.b32 %r2,%r1,3;
and.b32 %r3,%r1,1;
shl.b32 %r64,%r1,2;
and.b32 %r65,%r64,4;
neg.s32 %r66,%r65;
cvt.s64.s32 %rd3,%r66;
add.s32 %r67,%r1,513;
mul.wide.u32 %rd21,%r67,4;
mov.u64 %rd22, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q5_0EEEvPKhyPhjE4tile;
add.s64 %rd4,%rd22,%rd21;
$L__BB0_2:
shl.b64 %rd6,%rd98,13;
sub.s64 %rd23,%rd16,%rd6;
min.u64 %rd24,%rd23,8192;
cvt.u32.u64 %r4,%rd24;
mul.lo.s64 %rd7,%rd98,5632;
add.s64 %rd8,%rd15,%rd7;
mul.lo.s32 %r5,%r4,22;
shr.u32 %r6,%r5,5;
and.b64 %rd25,%rd8,15;
setp.eq.s64 %p4,%rd25,0;
@%p4 bra $L__BB0_14;
cvt.u32.u64 %r68,%rd8;
and.b32 %r7,%r68,3;
add.s32 %r69,%r6,%r7;
setp.lt.u32 %p5,%r69,8;
add.s32 %r70,%r69, -4;
shr.u32 %r71,%r70,2;
selp.b32 %r8,1,%r71,%p5;
mov.u32 %r72,%tid.x;
add.s32 %r268,%r72,1;
setp.ge.u32 %p6,%r268,%r8;
@%p6 bra $L__BB0_11;
cvt.u64.u32 %rd26,%r7;
sub.s64 %rd27,%rd7,%rd26;
add.s64 %rd9,%rd15,%rd27;
shl.b32 %r9,%r7,3;
mov.u32 %r75, -2;
sub.s32 %r76,%r75,%r72;
add.s32 %r10,%r76,%r8;
shr.u32 %r77,%r10,8;
add.s32 %r78,%r77,1;
and.b32 %r11,%r78,3;
setp.eq.s32 %p7,%r11,0;
@%p7 bra $L__BB0_8;
add.s32 %r86,%r72,1;
mul.wide.u32 %rd30,%r86,4;
add.s64 %rd28,%rd9,%rd30;
ld.global.nc.u32 %r79, [%rd28];
add.s64 %rd29,%rd28,4;
ld.global.nc.u32 %r80, [%rd29];
shf.r.wrap.b32 %r81,%r79,%r80,%r9;
add.s64 %rd32,%rd22,%rd30;
st.shared.u32 [%rd32],%r81;
add.s32 %r268,%r72,257;
setp.eq.s32 %p8,%r11,1;
@%p8 bra $L__BB0_8;
add.s32 %r94,%r72,257;
mul.wide.u32 %rd35,%r94,4;
add.s64 %rd33,%rd9,%rd35;
ld.global.nc.u32 %r87, [%rd33];
add.s64 %rd34,%rd33,4;
ld.global.nc.u32 %r88, [%rd34];
shf.r.wrap.b32 %r89,%r87,%r88,%r9;
add.s64 %rd37,%rd22,%rd35;
st.shared.u32 [%rd37],%r89;
add.s32 %r268,%r72,513;
setp.eq.s32 %p9,%r11,2;
@%p9 bra $L__BB0_8;
add.s32 %r102,%r72,513;
mul.wide.u32 %rd40,%r102,4;
add.s64 %rd38,%rd9,%rd40;
ld.global.nc.u32 %r95, [%rd38];
add.s64 %rd39,%rd38,4;
ld.global.nc.u32 %r96, [%rd39];
shf.r.wrap.b32 %r97,%r95,%r96,%r9;
st.shared.u32 [%rd4],%r97;
add.s32 %r268,%r72,769;
$L__BB0_8:
setp.lt.u32 %p10,%r10,768;
@%p10 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd49,%r268,4;
add.s64 %rd41,%rd9,%rd49;
ld.global.nc.u32 %r103, [%rd41];
add.s64 %rd42,%rd41,4;
ld.global.nc.u32 %r104, [%rd42];
shf.r.wrap.b32 %r105,%r103,%r104,%r9;
add.s64 %rd51,%rd22,%rd49;
st.shared.u32 [%rd51],%r105;
add.s32 %r127,%r268,256;
mul.wide.u32 %rd52,%r127,4;
add.s64 %rd43,%rd9,%rd52;
ld.global.nc.u32 %r109, [%rd43];
add.s64 %rd44,%rd43,4;
ld.global.nc.u32 %r110, [%rd44];
shf.r.wrap.b32 %r111,%r109,%r110,%r9;
add.s64 %rd53,%rd22,%rd52;
st.shared.u32 [%rd53],%r111;
add.s32 %r128,%r268,512;
mul.wide.u32 %rd54,%r128,4;
add.s64 %rd45,%rd9,%rd54;
ld.global.nc.u32 %r115, [%rd45];
add.s64 %rd46,%rd45,4;
ld.global.nc.u32 %r116, [%rd46];
shf.r.wrap.b32 %r117,%r115,%r116,%r9;
add.s64 %rd55,%rd22,%rd54;
st.shared.u32 [%rd55],%r117;
add.s32 %r129,%r268,768;
mul.wide.u32 %rd56,%r129,4;
add.s64 %rd47,%rd9,%rd56;
ld.global.nc.u32 %r121, [%rd47];
add.s64 %rd48,%rd47,4;
ld.global.nc.u32 %r122, [%rd48];
shf.r.wrap.b32 %r123,%r121,%r122,%r9;
add.s64 %rd57,%rd22,%rd56;
st.shared.u32 [%rd57],%r123;
add.s32 %r268,%r268,1024;
setp.lt.u32 %p11,%r268,%r8;
@%p11 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p12,%r1,15;
@%p12 bra $L__BB0_24;
setp.lt.u32 %p13,%r72,4;
shl.b32 %r131,%r8,2;
add.s32 %r132,%r72,%r131;
add.s32 %r133,%r132, -4;
selp.b32 %r19,%r72,%r133,%p13;
setp.ge.u32 %p14,%r19,%r6;
@%p14 bra $L__BB0_24;
cvt.u64.u32 %rd58,%r19;
add.s64 %rd59,%rd7,%rd58;
cvta.to.global.u64 %rd60,%rd15;
add.s64 %rd61,%rd60,%rd59;
ld.global.u8 %rs1, [%rd61];
add.s64 %rd63,%rd22,%rd58;
st.shared.u8 [%rd63],%rs1;
bra.uni $L__BB0_24;
$L__BB0_14:
shr.u32 %r20,%r5,9;
setp.ge.u32 %p15,%r1,%r20;
@%p15 bra $L__BB0_16;
mov.u32 %r139,%tid.x;
mul.wide.u32 %rd65,%r139,16;
add.s64 %rd64,%rd8,%rd65;
ld.global.nc.v4.u32 {%r273,%r272,%r271,%r270}, [%rd64];
$L__BB0_16:
mov.u32 %r141,%tid.x;
add.s32 %r142,%r141,256;
setp.ge.u32 %p16,%r142,%r20;
@%p16 bra $L__BB0_18;
mul.wide.u32 %rd67,%r141,16;
add.s64 %rd68,%rd8,%rd67;
add.s64 %rd66,%rd68,4096;
ld.global.nc.v4.u32 {%r274,%r275,%r276,%r277}, [%rd66];
$L__BB0_18:
@%p15 bra $L__BB0_20;
mul.wide.u32 %rd69,%r141,16;
add.s64 %rd71,%rd22,%rd69;
st.shared.v4.u32 [%rd71], {%r273,%r272,%r271,%r270};
$L__BB0_20:
@%p16 bra $L__BB0_22;
mul.wide.u32 %rd72,%r142,16;
add.s64 %rd74,%rd22,%rd72;
st.shared.v4.u32 [%rd74], {%r274,%r275,%r276,%r277};
$L__BB0_22:
and.b32 %r153,%r6,15;
setp.ge.u32 %p19,%r1,%r153;
@%p19 bra $L__BB0_24;
and.b32 %r154,%r6,16368;
add.s32 %r155,%r154,%r1;
cvt.u64.u32 %rd75,%r155;
add.s64 %rd76,%rd7,%rd75;
cvta.to.global.u64 %rd77,%rd15;
add.s64 %rd78,%rd77,%rd76;
ld.global.u8 %rs2, [%rd78];
add.s64 %rd80,%rd22,%rd75;
st.shared.u8 [%rd80],%rs2;
$L__BB0_24:
and.b64 %rd81,%rd17,15;
setp.eq.s64 %p20,%rd81,0;
bar.sync 0;
setp.eq.s32 %p21,%r4,8192;
and.pred %p1,%p20,%p21;
setp.ge.u32 %p22,%r2,%r4;
@%p22 bra $L__BB0_67;
cvta.to.global.u64 %rd82,%rd17;
setp.eq.s32 %p23,%r62,0;
selp.b64 %rd83,4,2,%p23;
mul.lo.s64 %rd84,%rd6,%rd83;
add.s64 %rd10,%rd82,%rd84;
mov.u32 %r278,%r2;
mov.u32 %r279,%r1;
$L__BB0_26:
.pragma "nounroll";
shr.u32 %r156,%r279,2;
mul.lo.s32 %r157,%r156,22;
cvt.u64.u32 %rd85,%r157;
add.s64 %rd87,%rd22,%rd85;
shl.b32 %r158,%r279,3;
and.b32 %r159,%r158,8;
cvt.u64.u32 %rd88,%r159;
add.s64 %rd89,%rd87,%rd88;
ld.shared.u16 %rs4, [%rd89+6];
ld.shared.u16 %rs5, [%rd89+8];
mov.b32 %r160, {%rs4,%rs5};
ld.shared.u16 %rs6, [%rd89+10];
ld.shared.u16 %rs7, [%rd89+12];
mov.b32 %r161, {%rs6,%rs7};
and.b32 %r162,%r279,3;
shl.b32 %r163,%r279,1;
and.b32 %r164,%r163,4;
shr.u32 %r165,%r160,%r164;
and.b32 %r166,%r165,252645135;
shr.u32 %r167,%r161,%r164;
and.b32 %r168,%r167,252645135;
cvt.u64.u32 %rd90,%r162;
add.s64 %rd91,%rd87,%rd90;
ld.shared.u8 %r169, [%rd91+2];
and.b32 %r170,%r169,15;
mul.lo.s32 %r171,%r170,33818640;
and.b32 %r172,%r171,269488144;
or.b32 %r173,%r172,%r166;
shr.u32 %r174,%r169,4;
mul.lo.s32 %r175,%r174,33818640;
and.b32 %r176,%r175,269488144;
or.b32 %r177,%r168,%r176;
ld.shared.u16 %rs3, [%rd87];
cvt.f32.f16 %f9,%rs3;
mov.u32 %r178,30288;
mov.u32 %r179,1258291200;
prmt.b32 %r180,%r173,%r179,%r178;
mov.b32 %f11,%r180;
mov.f32 %f54,0f4B000010;
sub.rn.f32 %f10,%f11,%f54;
mul.rn.f32 %f13,%f10,%f9;
mov.b32 %r39,%f13;
mov.u32 %r181,30289;
prmt.b32 %r182,%r173,%r179,%r181;
mov.b32 %f17,%r182;
sub.rn.f32 %f16,%f17,%f54;
mul.rn.f32 %f19,%f16,%f9;
mov.b32 %r40,%f19;
mov.u32 %r183,30290;
prmt.b32 %r184,%r173,%r179,%r183;
mov.b32 %f23,%r184;
sub.rn.f32 %f22,%f23,%f54;
mul.rn.f32 %f25,%f22,%f9;
mov.b32 %r41,%f25;
mov.u32 %r185,30291;
prmt.b32 %r186,%r173,%r179,%r185;
mov.b32 %f29,%r186;
sub.rn.f32 %f28,%f29,%f54;
mul.rn.f32 %f31,%f28,%f9;
mov.b32 %r42,%f31;
prmt.b32 %r187,%r177,%r179,%r178;
mov.b32 %f35,%r187;
sub.rn.f32 %f34,%f35,%f54;
mul.rn.f32 %f37,%f34,%f9;
mov.b32 %r43,%f37;
prmt.b32 %r188,%r177,%r179,%r181;
mov.b32 %f41,%r188;
sub.rn.f32 %f40,%f41,%f54;
mul.rn.f32 %f43,%f40,%f9;
mov.b32 %r44,%f43;
prmt.b32 %r189,%r177,%r179,%r183;
mov.b32 %f47,%r189;
sub.rn.f32 %f46,%f47,%f54;
mul.rn.f32 %f49,%f46,%f9;
mov.b32 %r45,%f49;
prmt.b32 %r190,%r177,%r179,%r185;
mov.b32 %f53,%r190;
sub.rn.f32 %f52,%f53,%f54;
mul.rn.f32 %f55,%f52,%f9;
mov.b32 %r46,%f55;
sub.s32 %r47,%r4,%r278;
@%p23 bra $L__BB0_29;
setp.ne.s32 %p25,%r62,1;
@%p25 bra $L__BB0_47;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f13;
cvt.rn.f16.f32 upper,%f19;
mov.b32 %r280, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f25;
cvt.rn.f16.f32 upper,%f31;
mov.b32 %r281, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f37;
cvt.rn.f16.f32 upper,%f43;
mov.b32 %r282, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f49;
cvt.rn.f16.f32 upper,%f55;
mov.b32 %r283, {lower, upper};
}
bra.uni $L__BB0_48;
$L__BB0_29:
cvt.u64.u32 %rd11,%r278;
@%p1 bra $L__BB0_46;
bra.uni $L__BB0_30;
$L__BB0_46:
setp.ne.s32 %p34,%r3,0;
selp.b32 %r195,%r39,%r43,%p34;
mov.u32 %r196,31;
mov.u32 %r197,1;
mov.u32 %r198, -1;
shfl.sync.bfly.b32 %r199|%p35,%r195,%r197,%r196,%r198;
mov.b32 %f66,%r199;
selp.b32 %r200,%r40,%r44,%p34;
shfl.sync.bfly.b32 %r201|%p36,%r200,%r197,%r196,%r198;
mov.b32 %f67,%r201;
selp.b32 %r202,%r41,%r45,%p34;
shfl.sync.bfly.b32 %r203|%p37,%r202,%r197,%r196,%r198;
mov.b32 %f68,%r203;
selp.b32 %r204,%r42,%r46,%p34;
shfl.sync.bfly.b32 %r205|%p38,%r204,%r197,%r196,%r198;
mov.b32 %f69,%r205;
add.s64 %rd93,%rd11,%rd3;
shl.b64 %rd94,%rd93,2;
add.s64 %rd95,%rd10,%rd94;
selp.f32 %f70,%f66,%f13,%p34;
selp.f32 %f71,%f67,%f19,%p34;
selp.f32 %f72,%f68,%f25,%p34;
selp.f32 %f73,%f69,%f31,%p34;
st.global.v4.f32 [%rd95], {%f70,%f71,%f72,%f73};
selp.f32 %f74,%f37,%f66,%p34;
selp.f32 %f75,%f43,%f67,%p34;
selp.f32 %f76,%f49,%f68,%p34;
selp.f32 %f77,%f55,%f69,%p34;
st.global.v4.f32 [%rd95+32], {%f74,%f75,%f76,%f77};
bra.uni $L__BB0_66;
$L__BB0_47:
and.b32 %r206,%r39,2147483647;
setp.gt.u32 %p39,%r206,2139095040;
shr.u32 %r207,%r39,16;
and.b32 %r208,%r207,1;
add.s32 %r209,%r39,%r208;
add.s32 %r210,%r209,32767;
or.b32 %r211,%r39,4194304;
selp.b32 %r212,%r211,%r210,%p39;
and.b32 %r213,%r40,2147483647;
setp.gt.u32 %p40,%r213,2139095040;
shr.u32 %r214,%r40,16;
and.b32 %r215,%r214,1;
add.s32 %r216,%r40,%r215;
add.s32 %r217,%r216,32767;
or.b32 %r218,%r40,4194304;
selp.b32 %r219,%r218,%r217,%p40;
mov.u32 %r220,30258;
prmt.b32 %r280,%r212,%r219,%r220;
and.b32 %r221,%r41,2147483647;
setp.gt.u32 %p41,%r221,2139095040;
shr.u32 %r222,%r41,16;
and.b32 %r223,%r222,1;
add.s32 %r224,%r41,%r223;
add.s32 %r225,%r224,32767;
or.b32 %r226,%r41,4194304;
selp.b32 %r227,%r226,%r225,%p41;
and.b32 %r228,%r42,2147483647;
setp.gt.u32 %p42,%r228,2139095040;
shr.u32 %r229,%r42,16;
and.b32 %r230,%r229,1;
add.s32 %r231,%r42,%r230;
add.s32 %r232,%r231,32767;
or.b32 %r233,%r42,4194304;
selp.b32 %r234,%r233,%r232,%p42;
prmt.b32 %r281,%r227,%r234,%r220;
and.b32 %r235,%r43,2147483647;
setp.gt.u32 %p43,%r235,2139095040;
shr.u32 %r236,%r43,16;
and.b32 %r237,%r236,1;
add.s32 %r238,%r43,%r237;
add.s32 %r239,%r238,32767;
or.b32 %r240,%r43,4194304;
selp.b32 %r241,%r240,%r239,%p43;
and.b32 %r242,%r44,2147483647;
setp.gt.u32 %p44,%r242,2139095040;
shr.u32 %r243,%r44,16;
and.b32 %r244,%r243,1;
add.s32 %r245,%r44,%r244;
add.s32 %r246,%r245,32767;
or.b32 %r247,%r44,4194304;
selp.b32 %r248,%r247,%r246,%p44;
prmt.b32 %r282,%r241,%r248,%r220;
and.b32 %r249,%r45,2147483647;
setp.gt.u32 %p45,%r249,2139095040;
shr.u32 %r250,%r45,16;
and.b32 %r251,%r250,1;
add.s32 %r252,%r45,%r251;
add.s32 %r253,%r252,32767;
or.b32 %r254,%r45,4194304;
selp.b32 %r255,%r254,%r253,%p45;
and.b32 %r256,%r46,2147483647;
setp.gt.u32 %p46,%r256,2139095040;
shr.u32 %r257,%r46,16;
and.b32 %r258,%r257,1;
add.s32 %r259,%r46,%r258;
add.s32 %r260,%r259,32767;
or.b32 %r261,%r46,4194304;
selp.b32 %r262,%r261,%r260,%p46;
prmt.b32 %r283,%r255,%r262,%r220;
$L__BB0_48:
mul.wide.u32 %rd96,%r278,2;
add.s64 %rd13,%rd10,%rd96;
@%p1 bra $L__BB0_65;
bra.uni $L__BB0_49;
$L__BB0_65:
st.global.v4.u32 [%rd13], {%r280,%r281,%r282,%r283};
bra.uni $L__BB0_66;
$L__BB0_49:
setp.eq.s32 %p47,%r47,0;
@%p47 bra $L__BB0_51;
st.global.u16 [%rd13],%r280;
$L__BB0_51:
setp.lt.u32 %p48,%r47,2;
@%p48 bra $L__BB0_53;
shr.u32 %r263,%r280,16;
st.global.u16 [%rd13+2],%r263;
$L__BB0_53:
setp.lt.u32 %p49,%r47,3;
@%p49 bra $L__BB0_55;
st.global.u16 [%rd13+4],%r281;
$L__BB0_55:
setp.lt.u32 %p50,%r47,4;
@%p50 bra $L__BB0_57;
shr.u32 %r264,%r281,16;
st.global.u16 [%rd13+6],%r264;
$L__BB0_57:
setp.lt.u32 %p51,%r47,5;
@%p51 bra $L__BB0_59;
st.global.u16 [%rd13+8],%r282;
$L__BB0_59:
setp.lt.u32 %p52,%r47,6;
@%p52 bra $L__BB0_61;
shr.u32 %r265,%r282,16;
st.global.u16 [%rd13+10],%r265;
$L__BB0_61:
setp.lt.u32 %p53,%r47,7;
@%p53 bra $L__BB0_63;
st.global.u16 [%rd13+12],%r283;
$L__BB0_63:
setp.lt.u32 %p54,%r47,8;
@%p54 bra $L__BB0_66;
shr.u32 %r266,%r283,16;
st.global.u16 [%rd13+14],%r266;
bra.uni $L__BB0_66;
$L__BB0_30:
setp.eq.s32 %p26,%r47,0;
shl.b64 %rd92,%rd11,2;
add.s64 %rd12,%rd10,%rd92;
@%p26 bra $L__BB0_32;
st.global.f32 [%rd12],%f13;
$L__BB0_32:
setp.lt.u32 %p27,%r47,2;
@%p27 bra $L__BB0_34;
st.global.f32 [%rd12+4],%f19;
$L__BB0_34:
setp.lt.u32 %p28,%r47,3;
@%p28 bra $L__BB0_36;
st.global.f32 [%rd12+8],%f25;
$L__BB0_36:
setp.lt.u32 %p29,%r47,4;
@%p29 bra $L__BB0_38;
st.global.f32 [%rd12+12],%f31;
$L__BB0_38:
setp.lt.u32 %p30,%r47,5;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd12+16],%f37;
$L__BB0_40:
setp.lt.u32 %p31,%r47,6;
@%p31 bra $L__BB0_42;
st.global.f32 [%rd12+20],%f43;
$L__BB0_42:
setp.lt.u32 %p32,%r47,7;
@%p32 bra $L__BB0_44;
st.global.f32 [%rd12+24],%f49;
$L__BB0_44:
setp.lt.u32 %p33,%r47,8;
@%p33 bra $L__BB0_66;
st.global.f32 [%rd12+28],%f55;
$L__BB0_66:
add.s32 %r279,%r279,256;
shl.b32 %r278,%r279,3;
setp.lt.u32 %p55,%r278,%r4;
@%p55 bra $L__BB0_26;
$L__BB0_67:
bar.sync 0;
mov.u32 %r267,%nctaid.x;
cvt.u64.u32 %rd97,%r267;
add.s64 %rd98,%rd98,%rd97;
setp.lt.u64 %p56,%rd98,%rd1;
@%p56 bra $L__BB0_2;
$L__BB0_68:
ret;
}
)ptx"},
{tensor_type::q5_1, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_q5_1(
.param .u64 cria_dequantize_q5_1_param_0,
.param .u64 cria_dequantize_q5_1_param_1,
.param .u64 cria_dequantize_q5_1_param_2,
.param .u32 cria_dequantize_q5_1_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<57>;
.reg .b16 %rs<5>;
.reg .f32 %f<103>;
.reg .b32 %r<294>;
.reg .b64 %rd<97>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q5_1EEEvPKhyPhjE4tile[6160];
ld.param.u64 %rd15, [cria_dequantize_q5_1_param_0];
ld.param.u64 %rd16, [cria_dequantize_q5_1_param_1];
ld.param.u64 %rd17, [cria_dequantize_q5_1_param_2];
ld.param.u32 %r62, [cria_dequantize_q5_1_param_3];
shr.u64 %rd18,%rd16,13;
and.b64 %rd19,%rd16,8191;
setp.ne.s64 %p2,%rd19,0;
selp.u64 %rd20,1,0,%p2;
add.s64 %rd1,%rd18,%rd20;
mov.u32 %r63,%ctaid.x;
cvt.u64.u32 %rd96,%r63;
setp.le.u64 %p3,%rd1,%rd96;
@%p3 bra $L__BB0_68;
mov.u32 %r1,%tid.x;
shl.b32 %r2,%r1,3;
and.b32 %r3,%r1,1;
shl.b32 %r64,%r1,2;
and.b32 %r65,%r64,4;
neg.s32 %r66,%r65;
cvt.s64.s32 %rd3,%r66;
add.s32 %r67,%r1,513;
mul.wide.u32 %rd21,%r67,4;
mov.u64 %rd22, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q5_1EEEvPKhyPhjE4tile;
add.s64 %rd4,%rd22,%rd21;
$L__BB0_2:
shl.b64 %rd6,%rd96,13;
sub.s64 %rd23,%rd16,%rd6;
min.u64 %rd24,%rd23,8192;
cvt.u32.u64 %r4,%rd24;
mul.lo.s64 %rd7,%rd96,6144;
add.s64 %rd8,%rd15,%rd7;
mul.lo.s32 %r5,%r4,24;
shr.u32 %r6,%r5,5;
and.b64 %rd25,%rd8,15;
setp.eq.s64 %p4,%rd25,0;
@%p4 bra $L__BB0_14;
cvt.u32.u64 %r68,%rd8;
and.b32 %r7,%r68,3;
add.s32 %r69,%r6,%r7;
setp.lt.u32 %p5,%r69,8;
add.s32 %r70,%r69, -4;
shr.u32 %r71,%r70,2;
selp.b32 %r8,1,%r71,%p5;
mov.u32 %r72,%tid.x;
add.s32 %r278,%r72,1;
setp.ge.u32 %p6,%r278,%r8;
@%p6 bra $L__BB0_11;
cvt.u64.u32 %rd26,%r7;
sub.s64 %rd27,%rd7,%rd26;
add.s64 %rd9,%rd15,%rd27;
shl.b32 %r9,%r7,3;
mov.u32 %r75, -2;
sub.s32 %r76,%r75,%r72;
add.s32 %r10,%r76,%r8;
shr.u32 %r77,%r10,8;
add.s32 %r78,%r77,1;
and.b32 %r11,%r78,3;
setp.eq.s32 %p7,%r11,0;
@%p7 bra $L__BB0_8;
add.s32 %r86,%r72,1;
mul.wide.u32 %rd30,%r86,4;
add.s64 %rd28,%rd9,%rd30;
ld.global.nc.u32 %r79, [%rd28];
add.s64 %rd29,%rd28,4;
ld.global.nc.u32 %r80, [%rd29];
shf.r.wrap.b32 %r81,%r79,%r80,%r9;
add.s64 %rd32,%rd22,%rd30;
st.shared.u32 [%rd32],%r81;
add.s32 %r278,%r72,257;
setp.eq.s32 %p8,%r11,1;
@%p8 bra $L__BB0_8;
add.s32 %r94,%r72,257;
mul.wide.u32 %rd35,%r94,4;
add.s64 %rd33,%rd9,%rd35;
ld.global.nc.u32 %r87, [%rd33];
add.s64 %rd34,%rd33,4;
ld.global.nc.u32 %r88, [%rd34];
shf.r.wrap.b32 %r89,%r87,%r88,%r9;
add.s64 %rd37,%rd22,%rd35;
st.shared.u32 [%rd37],%r89;
add.s32 %r278,%r72,513;
setp.eq.s32 %p9,%r11,2;
@%p9 bra $L__BB0_8;
add.s32 %r102,%r72,513;
mul.wide.u32 %rd40,%r102,4;
add.s64 %rd38,%rd9,%rd40;
ld.global.nc.u32 %r95, [%rd38];
add.s64 %rd39,%rd38,4;
ld.global.nc.u32 %r96, [%rd39];
shf.r.wrap.b32 %r97,%r95,%r96,%r9;
st.shared.u32 [%rd4],%r97;
add.s32 %r278,%r72,769;
$L__BB0_8:
setp.lt.u32 %p10,%r10,768;
@%p10 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd49,%r278,4;
add.s64 %rd41,%rd9,%rd49;
ld.global.nc.u32 %r103, [%rd41];
add.s64 %rd42,%rd41,4;
ld.global.nc.u32 %r104, [%rd42];
shf.r.wrap.b32 %r105,%r103,%r104,%r9;
add.s64 %rd51,%rd22,%rd49;
st.shared.u32 [%rd51],%r105;
add.s32 %r127,%r278,256;
mul.wide.u32 %rd52,%r127,4;
add.s64 %rd43,%rd9,%rd52;
ld.global.nc.u32 %r109, [%rd43];
add.s64 %rd44,%rd43,4;
ld.global.nc.u32 %r110, [%rd44];
shf.r.wrap.b32 %r111,%r109,%r110,%r9;
add.s64 %rd53,%rd22,%rd52;
st.shared.u32 [%rd53],%r111;
add.s32 %r128,%r278,512;
mul.wide.u32 %rd54,%r128,4;
add.s64 %rd45,%rd9,%rd54;
ld.global.nc.u32 %r115, [%rd45];
add.s64 %rd46,%rd45,4;
ld.global.nc.u32 %r116, [%rd46];
shf.r.wrap.b32 %r117,%r115,%r116,%r9;
add.s64 %rd55,%rd22,%rd54;
st.shared.u32 [%rd55],%r117;
add.s32 %r129,%r278,768;
mul.wide.u32 %rd56,%r129,4;
add.s64 %rd47,%rd9,%rd56;
ld.global.nc.u32 %r121, [%rd47];
add.s64 %rd48,%rd47,4;
ld.global.nc.u32 %r122, [%rd48];
shf.r.wrap.b32 %r123,%r121,%r122,%r9;
add.s64 %rd57,%rd22,%rd56;
st.shared.u32 [%rd57],%r123;
add.s32 %r278,%r278,1024;
setp.lt.u32 %p11,%r278,%r8;
@%p11 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p12,%r1,15;
@%p12 bra $L__BB0_24;
setp.lt.u32 %p13,%r72,4;
shl.b32 %r131,%r8,2;
add.s32 %r132,%r72,%r131;
add.s32 %r133,%r132, -4;
selp.b32 %r19,%r72,%r133,%p13;
setp.ge.u32 %p14,%r19,%r6;
@%p14 bra $L__BB0_24;
cvt.u64.u32 %rd58,%r19;
add.s64 %rd59,%rd7,%rd58;
cvta.to.global.u64 %rd60,%rd15;
add.s64 %rd61,%rd60,%rd59;
ld.global.u8 %rs1, [%rd61];
add.s64 %rd63,%rd22,%rd58;
st.shared.u8 [%rd63],%rs1;
bra.uni $L__BB0_24;
$L__BB0_14:
shr.u32 %r20,%r5,9;
setp.ge.u32 %p15,%r1,%r20;
@%p15 bra $L__BB0_16;
mov.u32 %r139,%tid.x;
mul.wide.u32 %rd65,%r139,16;
add.s64 %rd64,%rd8,%rd65;
ld.global.nc.v4.u32 {%r283,%r282,%r281,%r280}, [%rd64];
$L__BB0_16:
mov.u32 %r141,%tid.x;
add.s32 %r142,%r141,256;
setp.ge.u32 %p16,%r142,%r20;
@%p16 bra $L__BB0_18;
mul.wide.u32 %rd67,%r141,16;
add.s64 %rd68,%rd8,%rd67;
add.s64 %rd66,%rd68,4096;
ld.global.nc.v4.u32 {%r287,%r286,%r285,%r284}, [%rd66];
$L__BB0_18:
@%p15 bra $L__BB0_20;
mul.wide.u32 %rd69,%r141,16;
add.s64 %rd71,%rd22,%rd69;
st.shared.v4.u32 [%rd71], {%r283,%r282,%r281,%r280};
$L__BB0_20:
@%p16 bra $L__BB0_22;
mul.wide.u32 %rd72,%r142,16;
add.s64 %rd74,%rd22,%rd72;
st.shared.v4.u32 [%rd74], {%r287,%r286,%r285,%r284};
$L__BB0_22:
and.b32 %r153,%r6,15;
setp.ge.u32 %p19,%r1,%r153;
@%p19 bra $L__BB0_24;
and.b32 %r154,%r6,16368;
add.s32 %r155,%r154,%r1;
cvt.u64.u32 %rd75,%r155;
add.s64 %rd76,%rd7,%rd75;
cvta.to.global.u64 %rd77,%rd15;
add.s64 %rd78,%rd77,%rd76;
ld.global.u8 %rs2, [%rd78];
add.s64 %rd80,%rd22,%rd75;
st.shared.u8 [%rd80],%rs2;
$L__BB0_24:
and.b64 %rd81,%rd17,15;
setp.eq.s64 %p20,%rd81,0;
bar.sync 0;
setp.eq.s32 %p21,%r4,8192;
and.pred %p1,%p20,%p21;
setp.ge.u32 %p22,%r2,%r4;
@%p22 bra $L__BB0_67;
cvta.to.global.u64 %rd82,%rd17;
setp.eq.s32 %p23,%r62,0;
selp.b64 %rd83,4,2,%p23;
mul.lo.s64 %rd84,%rd6,%rd83;
add.s64 %rd10,%rd82,%rd84;
mov.u32 %r288,%r2;
mov.u32 %r289,%r1;
$L__BB0_26:
.pragma "nounroll";
shr.u32 %r156,%r289,2;
mul.lo.s32 %r157,%r156,24;
cvt.u64.u32 %rd85,%r157;
add.s64 %rd87,%rd22,%rd85;
shl.b32 %r158,%r289,3;
and.b32 %r159,%r158,8;
cvt.u64.u32 %rd88,%r159;
add.s64 %rd89,%rd87,%rd88;
ld.shared.v2.u32 {%r160,%r161}, [%rd89+8];
shl.b32 %r164,%r289,1;
and.b32 %r165,%r164,4;
shr.u32 %r166,%r160,%r165;
and.b32 %r167,%r166,252645135;
shr.u32 %r168,%r161,%r165;
and.b32 %r169,%r168,252645135;
ld.shared.v2.u32 {%r170,%r171}, [%rd87];
and.b32 %r174,%r158,24;
shr.u32 %r175,%r171,%r174;
and.b32 %r176,%r175,15;
mul.lo.s32 %r177,%r176,33818640;
and.b32 %r178,%r177,269488144;
or.b32 %r179,%r178,%r167;
shr.u32 %r180,%r175,4;
and.b32 %r181,%r180,15;
mul.lo.s32 %r182,%r181,33818640;
and.b32 %r183,%r182,269488144;
or.b32 %r184,%r183,%r169;
cvt.u16.u32 %rs3,%r170;
cvt.f32.f16 %f9,%rs3;
shr.u32 %r185,%r170,16;
cvt.u16.u32 %rs4,%r185;
cvt.f32.f16 %f10,%rs4;
mov.b32 %r186,%f10;
xor.b32 %r187,%r186, -2147483648;
mov.b32 %f82,%r187;
mov.u32 %r188,30288;
mov.u32 %r189,1258291200;
prmt.b32 %r190,%r179,%r189,%r188;
mov.b32 %f12,%r190;
mov.f32 %f76,0f4B000000;
sub.rn.f32 %f11,%f12,%f76;
mul.rn.f32 %f14,%f11,%f9;
sub.rn.f32 %f17,%f14,%f82;
mov.b32 %r39,%f17;
mov.u32 %r191,30289;
prmt.b32 %r192,%r179,%r189,%r191;
mov.b32 %f21,%r192;
sub.rn.f32 %f20,%f21,%f76;
mul.rn.f32 %f23,%f20,%f9;
sub.rn.f32 %f26,%f23,%f82;
mov.b32 %r40,%f26;
mov.u32 %r193,30290;
prmt.b32 %r194,%r179,%r189,%r193;
mov.b32 %f30,%r194;
sub.rn.f32 %f29,%f30,%f76;
mul.rn.f32 %f32,%f29,%f9;
sub.rn.f32 %f35,%f32,%f82;
mov.b32 %r41,%f35;
mov.u32 %r195,30291;
prmt.b32 %r196,%r179,%r189,%r195;
mov.b32 %f39,%r196;
sub.rn.f32 %f38,%f39,%f76;
mul.rn.f32 %f41,%f38,%f9;
sub.rn.f32 %f44,%f41,%f82;
mov.b32 %r42,%f44;
prmt.b32 %r197,%r184,%r189,%r188;
mov.b32 %f48,%r197;
sub.rn.f32 %f47,%f48,%f76;
mul.rn.f32 %f50,%f47,%f9;
sub.rn.f32 %f53,%f50,%f82;
mov.b32 %r43,%f53;
prmt.b32 %r198,%r184,%r189,%r191;
mov.b32 %f57,%r198;
sub.rn.f32 %f56,%f57,%f76;
mul.rn.f32 %f59,%f56,%f9;
sub.rn.f32 %f62,%f59,%f82;
mov.b32 %r44,%f62;
prmt.b32 %r199,%r184,%r189,%r193;
mov.b32 %f66,%r199;
sub.rn.f32 %f65,%f66,%f76;
mul.rn.f32 %f68,%f65,%f9;
sub.rn.f32 %f71,%f68,%f82;
mov.b32 %r45,%f71;
prmt.b32 %r200,%r184,%r189,%r195;
mov.b32 %f75,%r200;
sub.rn.f32 %f74,%f75,%f76;
mul.rn.f32 %f77,%f74,%f9;
sub.rn.f32 %f80,%f77,%f82;
mov.b32 %r46,%f80;
sub.s32 %r47,%r4,%r288;
@%p23 bra $L__BB0_29;
setp.ne.s32 %p25,%r62,1;
@%p25 bra $L__BB0_47;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f17;
cvt.rn.f16.f32 upper,%f26;
mov.b32 %r290, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f35;
cvt.rn.f16.f32 upper,%f44;
mov.b32 %r291, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f53;
cvt.rn.f16.f32 upper,%f62;
mov.b32 %r292, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f71;
cvt.rn.f16.f32 upper,%f80;
mov.b32 %r293, {lower, upper};
}
bra.uni $L__BB0_48;
$L__BB0_29:
cvt.u64.u32 %rd11,%r288;
@%p1 bra $L__BB0_46;
bra.uni $L__BB0_30;
$L__BB0_46:
setp.ne.s32 %p34,%r3,0;
selp.b32 %r205,%r39,%r43,%p34;
mov.u32 %r206,31;
mov.u32 %r207,1;
mov.u32 %r208, -1;
shfl.sync.bfly.b32 %r209|%p35,%r205,%r207,%r206,%r208;
mov.b32 %f91,%r209;
selp.b32 %r210,%r40,%r44,%p34;
shfl.sync.bfly.b32 %r211|%p36,%r210,%r207,%r206,%r208;
mov.b32 %f92,%r211;
selp.b32 %r212,%r41,%r45,%p34;
shfl.sync.bfly.b32 %r213|%p37,%r212,%r207,%r206,%r208;
mov.b32 %f93,%r213;
selp.b32 %r214,%r42,%r46,%p34;
shfl.sync.bfly.b32 %r215|%p38,%r214,%r207,%r206,%r208;
mov.b32 %f94,%r215;
add.s64 %rd91,%rd11,%rd3;
shl.b64 %rd92,%rd91,2;
add.s64 %rd93,%rd10,%rd92;
selp.f32 %f95,%f91,%f17,%p34;
selp.f32 %f96,%f92,%f26,%p34;
selp.f32 %f97,%f93,%f35,%p34;
selp.f32 %f98,%f94,%f44,%p34;
st.global.v4.f32 [%rd93], {%f95,%f96,%f97,%f98};
selp.f32 %f99,%f53,%f91,%p34;
selp.f32 %f100,%f62,%f92,%p34;
selp.f32 %f101,%f71,%f93,%p34;
selp.f32 %f102,%f80,%f94,%p34;
st.global.v4.f32 [%rd93+32], {%f99,%f100,%f101,%f102};
bra.uni $L__BB0_66;
$L__BB0_47:
and.b32 %r216,%r39,2147483647;
setp.gt.u32 %p39,%r216,2139095040;
shr.u32 %r217,%r39,16;
and.b32 %r218,%r217,1;
add.s32 %r219,%r39,%r218;
add.s32 %r220,%r219,32767;
or.b32 %r221,%r39,4194304;
selp.b32 %r222,%r221,%r220,%p39;
and.b32 %r223,%r40,2147483647;
setp.gt.u32 %p40,%r223,2139095040;
shr.u32 %r224,%r40,16;
and.b32 %r225,%r224,1;
add.s32 %r226,%r40,%r225;
add.s32 %r227,%r226,32767;
or.b32 %r228,%r40,4194304;
selp.b32 %r229,%r228,%r227,%p40;
mov.u32 %r230,30258;
prmt.b32 %r290,%r222,%r229,%r230;
and.b32 %r231,%r41,2147483647;
setp.gt.u32 %p41,%r231,2139095040;
shr.u32 %r232,%r41,16;
and.b32 %r233,%r232,1;
add.s32 %r234,%r41,%r233;
add.s32 %r235,%r234,32767;
or.b32 %r236,%r41,4194304;
selp.b32 %r237,%r236,%r235,%p41;
and.b32 %r238,%r42,2147483647;
setp.gt.u32 %p42,%r238,2139095040;
shr.u32 %r239,%r42,16;
and.b32 %r240,%r239,1;
add.s32 %r241,%r42,%r240;
add.s32 %r242,%r241,32767;
or.b32 %r243,%r42,4194304;
selp.b32 %r244,%r243,%r242,%p42;
prmt.b32 %r291,%r237,%r244,%r230;
and.b32 %r245,%r43,2147483647;
setp.gt.u32 %p43,%r245,2139095040;
shr.u32 %r246,%r43,16;
and.b32 %r247,%r246,1;
add.s32 %r248,%r43,%r247;
add.s32 %r249,%r248,32767;
or.b32 %r250,%r43,4194304;
selp.b32 %r251,%r250,%r249,%p43;
and.b32 %r252,%r44,2147483647;
setp.gt.u32 %p44,%r252,2139095040;
shr.u32 %r253,%r44,16;
and.b32 %r254,%r253,1;
add.s32 %r255,%r44,%r254;
add.s32 %r256,%r255,32767;
or.b32 %r257,%r44,4194304;
selp.b32 %r258,%r257,%r256,%p44;
prmt.b32 %r292,%r251,%r258,%r230;
and.b32 %r259,%r45,2147483647;
setp.gt.u32 %p45,%r259,2139095040;
shr.u32 %r260,%r45,16;
and.b32 %r261,%r260,1;
add.s32 %r262,%r45,%r261;
add.s32 %r263,%r262,32767;
or.b32 %r264,%r45,4194304;
selp.b32 %r265,%r264,%r263,%p45;
and.b32 %r266,%r46,2147483647;
setp.gt.u32 %p46,%r266,2139095040;
shr.u32 %r267,%r46,16;
and.b32 %r268,%r267,1;
add.s32 %r269,%r46,%r268;
add.s32 %r270,%r269,32767;
or.b32 %r271,%r46,4194304;
selp.b32 %r272,%r271,%r270,%p46;
prmt.b32 %r293,%r265,%r272,%r230;
$L__BB0_48:
mul.wide.u32 %rd94,%r288,2;
add.s64 %rd13,%rd10,%rd94;
@%p1 bra $L__BB0_65;
bra.uni $L__BB0_49;
$L__BB0_65:
st.global.v4.u32 [%rd13], {%r290,%r291,%r292,%r293};
bra.uni $L__BB0_66;
$L__BB0_49:
setp.eq.s32 %p47,%r47,0;
@%p47 bra $L__BB0_51;
st.global.u16 [%rd13],%r290;
$L__BB0_51:
setp.lt.u32 %p48,%r47,2;
@%p48 bra $L__BB0_53;
shr.u32 %r273,%r290,16;
st.global.u16 [%rd13+2],%r273;
$L__BB0_53:
setp.lt.u32 %p49,%r47,3;
@%p49 bra $L__BB0_55;
st.global.u16 [%rd13+4],%r291;
$L__BB0_55:
setp.lt.u32 %p50,%r47,4;
@%p50 bra $L__BB0_57;
shr.u32 %r274,%r291,16;
st.global.u16 [%rd13+6],%r274;
$L__BB0_57:
setp.lt.u32 %p51,%r47,5;
@%p51 bra $L__BB0_59;
st.global.u16 [%rd13+8],%r292;
$L__BB0_59:
setp.lt.u32 %p52,%r47,6;
@%p52 bra $L__BB0_61;
shr.u32 %r275,%r292,16;
st.global.u16 [%rd13+10],%r275;
$L__BB0_61:
setp.lt.u32 %p53,%r47,7;
@%p53 bra $L__BB0_63;
st.global.u16 [%rd13+12],%r293;
$L__BB0_63:
setp.lt.u32 %p54,%r47,8;
@%p54 bra $L__BB0_66;
shr.u32 %r276,%r293,16;
st.global.u16 [%rd13+14],%r276;
bra.uni $L__BB0_66;
$L__BB0_30:
setp.eq.s32 %p26,%r47,0;
shl.b64 %rd90,%rd11,2;
add.s64 %rd12,%rd10,%rd90;
@%p26 bra $L__BB0_32;
st.global.f32 [%rd12],%f17;
$L__BB0_32:
setp.lt.u32 %p27,%r47,2;
@%p27 bra $L__BB0_34;
st.global.f32 [%rd12+4],%f26;
$L__BB0_34:
setp.lt.u32 %p28,%r47,3;
@%p28 bra $L__BB0_36;
st.global.f32 [%rd12+8],%f35;
$L__BB0_36:
setp.lt.u32 %p29,%r47,4;
@%p29 bra $L__BB0_38;
st.global.f32 [%rd12+12],%f44;
$L__BB0_38:
setp.lt.u32 %p30,%r47,5;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd12+16],%f53;
$L__BB0_40:
setp.lt.u32 %p31,%r47,6;
@%p31 bra $L__BB0_42;
st.global.f32 [%rd12+20],%f62;
$L__BB0_42:
setp.lt.u32 %p32,%r47,7;
@%p32 bra $L__BB0_44;
st.global.f32 [%rd12+24],%f71;
$L__BB0_44:
setp.lt.u32 %p33,%r47,8;
@%p33 bra $L__BB0_66;
st.global.f32 [%rd12+28],%f80;
$L__BB0_66:
add.s32 %r289,%r289,256;
shl.b32 %r288,%r289,3;
setp.lt.u32 %p55,%r288,%r4;
@%p55 bra $L__BB0_26;
$L__BB0_67:
bar.sync 0;
mov.u32 %r277,%nctaid.x;
cvt.u64.u32 %rd95,%r277;
add.s64 %rd96,%rd96,%rd95;
setp.lt.u64 %p56,%rd96,%rd1;
@%p56 bra $L__BB0_2;
$L__BB0_68:
ret;
}
)ptx"},
{tensor_type::q8_0, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_q8_0(
.param .u64 cria_dequantize_q8_0_param_0,
.param .u64 cria_dequantize_q8_0_param_1,
.param .u64 cria_dequantize_q8_0_param_2,
.param .u32 cria_dequantize_q8_0_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<59>;
.reg .b16 %rs<8>;
.reg .f32 %f<78>;
.reg .b32 %r<292>;
.reg .b64 %rd<103>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q8_0EEEvPKhyPhjE4tile[8720];
ld.param.u64 %rd15, [cria_dequantize_q8_0_param_0];
ld.param.u64 %rd16, [cria_dequantize_q8_0_param_1];
ld.param.u64 %rd17, [cria_dequantize_q8_0_param_2];
ld.param.u32 %r70, [cria_dequantize_q8_0_param_3];
shr.u64 %rd18,%rd16,13;
and.b64 %rd19,%rd16,8191;
setp.ne.s64 %p2,%rd19,0;
selp.u64 %rd20,1,0,%p2;
add.s64 %rd1,%rd18,%rd20;
mov.u32 %r71,%ctaid.x;
cvt.u64.u32 %rd102,%r71;
setp.le.u64 %p3,%rd1,%rd102;
@%p3 bra $L__BB0_72;
mov.u32 %r1,%tid.x;
shl.b32 %r2,%r1,3;
add.s32 %r3,%r1,1;
and.b32 %r4,%r1,1;
shl.b32 %r72,%r1,2;
and.b32 %r73,%r72,4;
neg.s32 %r74,%r73;
cvt.s64.s32 %rd3,%r74;
add.s32 %r75,%r1,513;
mul.wide.u32 %rd21,%r75,4;
mov.u64 %rd22, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q8_0EEEvPKhyPhjE4tile;
add.s64 %rd4,%rd22,%rd21;
$L__BB0_2:
shl.b64 %rd6,%rd102,13;
sub.s64 %rd23,%rd16,%rd6;
min.u64 %rd24,%rd23,8192;
cvt.u32.u64 %r5,%rd24;
mul.lo.s64 %rd7,%rd102,8704;
add.s64 %rd8,%rd15,%rd7;
mul.lo.s32 %r6,%r5,34;
shr.u32 %r7,%r6,5;
and.b64 %rd25,%rd8,15;
setp.eq.s64 %p4,%rd25,0;
@%p4 bra $L__BB0_14;
cvt.u32.u64 %r76,%rd8;
and.b32 %r8,%r76,3;
add.s32 %r77,%r7,%r8;
setp.lt.u32 %p5,%r77,8;
add.s32 %r78,%r77, -4;
shr.u32 %r79,%r78,2;
selp.b32 %r9,1,%r79,%p5;
setp.ge.u32 %p6,%r3,%r9;
@%p6 bra $L__BB0_11;
cvt.u64.u32 %rd26,%r8;
sub.s64 %rd27,%rd7,%rd26;
add.s64 %rd9,%rd15,%rd27;
shl.b32 %r10,%r8,3;
mov.u32 %r80,%tid.x;
mov.u32 %r81, -2;
sub.s32 %r82,%r81,%r80;
add.s32 %r11,%r82,%r9;
shr.u32 %r83,%r11,8;
add.s32 %r84,%r83,1;
and.b32 %r12,%r84,3;
setp.eq.s32 %p7,%r12,0;
mov.u32 %r272,%r3;
@%p7 bra $L__BB0_8;
add.s32 %r92,%r80,1;
mul.wide.u32 %rd30,%r92,4;
add.s64 %rd28,%rd9,%rd30;
ld.global.nc.u32 %r85, [%rd28];
add.s64 %rd29,%rd28,4;
ld.global.nc.u32 %r86, [%rd29];
shf.r.wrap.b32 %r87,%r85,%r86,%r10;
add.s64 %rd32,%rd22,%rd30;
st.shared.u32 [%rd32],%r87;
add.s32 %r272,%r80,257;
setp.eq.s32 %p8,%r12,1;
@%p8 bra $L__BB0_8;
add.s32 %r100,%r80,257;
mul.wide.u32 %rd35,%r100,4;
add.s64 %rd33,%rd9,%rd35;
ld.global.nc.u32 %r93, [%rd33];
add.s64 %rd34,%rd33,4;
ld.global.nc.u32 %r94, [%rd34];
shf.r.wrap.b32 %r95,%r93,%r94,%r10;
add.s64 %rd37,%rd22,%rd35;
st.shared.u32 [%rd37],%r95;
add.s32 %r272,%r80,513;
setp.eq.s32 %p9,%r12,2;
@%p9 bra $L__BB0_8;
add.s32 %r108,%r80,513;
mul.wide.u32 %rd40,%r108,4;
add.s64 %rd38,%rd9,%rd40;
ld.global.nc.u32 %r101, [%rd38];
add.s64 %rd39,%rd38,4;
ld.global.nc.u32 %r102, [%rd39];
shf.r.wrap.b32 %r103,%r101,%r102,%r10;
st.shared.u32 [%rd4],%r103;
add.s32 %r272,%r80,769;
$L__BB0_8:
setp.lt.u32 %p10,%r11,768;
@%p10 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd49,%r272,4;
add.s64 %rd41,%rd9,%rd49;
ld.global.nc.u32 %r109, [%rd41];
add.s64 %rd42,%rd41,4;
ld.global.nc.u32 %r110, [%rd42];
shf.r.wrap.b32 %r111,%r109,%r110,%r10;
add.s64 %rd51,%rd22,%rd49;
st.shared.u32 [%rd51],%r111;
add.s32 %r133,%r272,256;
mul.wide.u32 %rd52,%r133,4;
add.s64 %rd43,%rd9,%rd52;
ld.global.nc.u32 %r115, [%rd43];
add.s64 %rd44,%rd43,4;
ld.global.nc.u32 %r116, [%rd44];
shf.r.wrap.b32 %r117,%r115,%r116,%r10;
add.s64 %rd53,%rd22,%rd52;
st.shared.u32 [%rd53],%r117;
add.s32 %r134,%r272,512;
mul.wide.u32 %rd54,%r134,4;
add.s64 %rd45,%rd9,%rd54;
ld.global.nc.u32 %r121, [%rd45];
add.s64 %rd46,%rd45,4;
ld.global.nc.u32 %r122, [%rd46];
shf.r.wrap.b32 %r123,%r121,%r122,%r10;
add.s64 %rd55,%rd22,%rd54;
st.shared.u32 [%rd55],%r123;
add.s32 %r135,%r272,768;
mul.wide.u32 %rd56,%r135,4;
add.s64 %rd47,%rd9,%rd56;
ld.global.nc.u32 %r127, [%rd47];
add.s64 %rd48,%rd47,4;
ld.global.nc.u32 %r128, [%rd48];
shf.r.wrap.b32 %r129,%r127,%r128,%r10;
add.s64 %rd57,%rd22,%rd56;
st.shared.u32 [%rd57],%r129;
add.s32 %r272,%r272,1024;
setp.lt.u32 %p11,%r272,%r9;
@%p11 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p12,%r1,15;
@%p12 bra $L__BB0_28;
mov.u32 %r136,%tid.x;
setp.lt.u32 %p13,%r136,4;
shl.b32 %r137,%r9,2;
add.s32 %r138,%r136,%r137;
add.s32 %r139,%r138, -4;
selp.b32 %r19,%r136,%r139,%p13;
setp.ge.u32 %p14,%r19,%r7;
@%p14 bra $L__BB0_28;
cvt.u64.u32 %rd58,%r19;
add.s64 %rd59,%rd7,%rd58;
cvta.to.global.u64 %rd60,%rd15;
add.s64 %rd61,%rd60,%rd59;
ld.global.u8 %rs1, [%rd61];
add.s64 %rd63,%rd22,%rd58;
st.shared.u8 [%rd63],%rs1;
bra.uni $L__BB0_28;
$L__BB0_14:
shr.u32 %r20,%r6,9;
setp.ge.u32 %p15,%r1,%r20;
@%p15 bra $L__BB0_16;
mov.u32 %r145,%tid.x;
mul.wide.u32 %rd65,%r145,16;
add.s64 %rd64,%rd8,%rd65;
ld.global.nc.v4.u32 {%r277,%r276,%r275,%r274}, [%rd64];
$L__BB0_16:
mov.u32 %r147,%tid.x;
add.s32 %r148,%r147,256;
setp.ge.u32 %p16,%r148,%r20;
@%p16 bra $L__BB0_18;
mul.wide.u32 %rd67,%r147,16;
add.s64 %rd68,%rd8,%rd67;
add.s64 %rd66,%rd68,4096;
ld.global.nc.v4.u32 {%r281,%r280,%r279,%r278}, [%rd66];
$L__BB0_18:
add.s32 %r156,%r147,512;
setp.ge.u32 %p17,%r156,%r20;
@%p17 bra $L__BB0_20;
mul.wide.u32 %rd70,%r147,16;
add.s64 %rd71,%rd8,%rd70;
add.s64 %rd69,%rd71,8192;
ld.global.nc.v4.u32 {%r282,%r283,%r284,%r285}, [%rd69];
$L__BB0_20:
@%p15 bra $L__BB0_22;
mul.wide.u32 %rd72,%r147,16;
add.s64 %rd74,%rd22,%rd72;
st.shared.v4.u32 [%rd74], {%r277,%r276,%r275,%r274};
$L__BB0_22:
@%p16 bra $L__BB0_24;
mul.wide.u32 %rd75,%r148,16;
add.s64 %rd77,%rd22,%rd75;
st.shared.v4.u32 [%rd77], {%r281,%r280,%r279,%r278};
$L__BB0_24:
@%p17 bra $L__BB0_26;
mul.wide.u32 %rd78,%r156,16;
add.s64 %rd80,%rd22,%rd78;
st.shared.v4.u32 [%rd80], {%r282,%r283,%r284,%r285};
$L__BB0_26:
and.b32 %r171,%r7,15;
setp.ge.u32 %p21,%r1,%r171;
@%p21 bra $L__BB0_28;
and.b32 %r172,%r7,32752;
add.s32 %r173,%r172,%r1;
cvt.u64.u32 %rd81,%r173;
add.s64 %rd82,%rd7,%rd81;
cvta.to.global.u64 %rd83,%rd15;
add.s64 %rd84,%rd83,%rd82;
ld.global.u8 %rs2, [%rd84];
add.s64 %rd86,%rd22,%rd81;
st.shared.u8 [%rd86],%rs2;
$L__BB0_28:
and.b64 %rd87,%rd17,15;
setp.eq.s64 %p22,%rd87,0;
bar.sync 0;
setp.eq.s32 %p23,%r5,8192;
and.pred %p1,%p22,%p23;
setp.ge.u32 %p24,%r2,%r5;
@%p24 bra $L__BB0_71;
cvta.to.global.u64 %rd88,%rd17;
setp.eq.s32 %p25,%r70,0;
selp.b64 %rd89,4,2,%p25;
mul.lo.s64 %rd90,%rd6,%rd89;
add.s64 %rd10,%rd88,%rd90;
mov.u32 %r286,%r2;
mov.u32 %r287,%r1;
$L__BB0_30:
.pragma "nounroll";
shr.u32 %r174,%r287,2;
mul.lo.s32 %r175,%r174,34;
cvt.u64.u32 %rd91,%r175;
add.s64 %rd93,%rd22,%rd91;
shl.b32 %r176,%r287,3;
and.b32 %r177,%r176,24;
cvt.u64.u32 %rd94,%r177;
add.s64 %rd95,%rd93,%rd94;
ld.shared.u16 %rs4, [%rd95+2];
ld.shared.u16 %rs5, [%rd95+4];
mov.b32 %r178, {%rs4,%rs5};
ld.shared.u16 %rs6, [%rd95+6];
ld.shared.u16 %rs7, [%rd95+8];
mov.b32 %r179, {%rs6,%rs7};
ld.shared.u16 %rs3, [%rd93];
cvt.f32.f16 %f9,%rs3;
xor.b32 %r180,%r178, -2139062144;
mov.u32 %r181,30288;
mov.u32 %r182,1258291200;
prmt.b32 %r183,%r180,%r182,%r181;
mov.b32 %f11,%r183;
mov.f32 %f54,0f4B000080;
sub.rn.f32 %f10,%f11,%f54;
mul.rn.f32 %f13,%f10,%f9;
mov.b32 %r47,%f13;
mov.u32 %r184,30289;
prmt.b32 %r185,%r180,%r182,%r184;
mov.b32 %f17,%r185;
sub.rn.f32 %f16,%f17,%f54;
mul.rn.f32 %f19,%f16,%f9;
mov.b32 %r48,%f19;
mov.u32 %r186,30290;
prmt.b32 %r187,%r180,%r182,%r186;
mov.b32 %f23,%r187;
sub.rn.f32 %f22,%f23,%f54;
mul.rn.f32 %f25,%f22,%f9;
mov.b32 %r49,%f25;
mov.u32 %r188,30291;
prmt.b32 %r189,%r180,%r182,%r188;
mov.b32 %f29,%r189;
sub.rn.f32 %f28,%f29,%f54;
mul.rn.f32 %f31,%f28,%f9;
mov.b32 %r50,%f31;
xor.b32 %r190,%r179, -2139062144;
prmt.b32 %r191,%r190,%r182,%r181;
mov.b32 %f35,%r191;
sub.rn.f32 %f34,%f35,%f54;
mul.rn.f32 %f37,%f34,%f9;
mov.b32 %r51,%f37;
prmt.b32 %r192,%r190,%r182,%r184;
mov.b32 %f41,%r192;
sub.rn.f32 %f40,%f41,%f54;
mul.rn.f32 %f43,%f40,%f9;
mov.b32 %r52,%f43;
prmt.b32 %r193,%r190,%r182,%r186;
mov.b32 %f47,%r193;
sub.rn.f32 %f46,%f47,%f54;
mul.rn.f32 %f49,%f46,%f9;
mov.b32 %r53,%f49;
prmt.b32 %r194,%r190,%r182,%r188;
mov.b32 %f53,%r194;
sub.rn.f32 %f52,%f53,%f54;
mul.rn.f32 %f55,%f52,%f9;
mov.b32 %r54,%f55;
sub.s32 %r55,%r5,%r286;
@%p25 bra $L__BB0_33;
setp.ne.s32 %p27,%r70,1;
@%p27 bra $L__BB0_51;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f13;
cvt.rn.f16.f32 upper,%f19;
mov.b32 %r288, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f25;
cvt.rn.f16.f32 upper,%f31;
mov.b32 %r289, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f37;
cvt.rn.f16.f32 upper,%f43;
mov.b32 %r290, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f49;
cvt.rn.f16.f32 upper,%f55;
mov.b32 %r291, {lower, upper};
}
bra.uni $L__BB0_52;
$L__BB0_33:
cvt.u64.u32 %rd11,%r286;
@%p1 bra $L__BB0_50;
bra.uni $L__BB0_34;
$L__BB0_50:
setp.ne.s32 %p36,%r4,0;
selp.b32 %r199,%r47,%r51,%p36;
mov.u32 %r200,31;
mov.u32 %r201,1;
mov.u32 %r202, -1;
shfl.sync.bfly.b32 %r203|%p37,%r199,%r201,%r200,%r202;
mov.b32 %f66,%r203;
selp.b32 %r204,%r48,%r52,%p36;
shfl.sync.bfly.b32 %r205|%p38,%r204,%r201,%r200,%r202;
mov.b32 %f67,%r205;
selp.b32 %r206,%r49,%r53,%p36;
shfl.sync.bfly.b32 %r207|%p39,%r206,%r201,%r200,%r202;
mov.b32 %f68,%r207;
selp.b32 %r208,%r50,%r54,%p36;
shfl.sync.bfly.b32 %r209|%p40,%r208,%r201,%r200,%r202;
mov.b32 %f69,%r209;
add.s64 %rd97,%rd11,%rd3;
shl.b64 %rd98,%rd97,2;
add.s64 %rd99,%rd10,%rd98;
selp.f32 %f70,%f66,%f13,%p36;
selp.f32 %f71,%f67,%f19,%p36;
selp.f32 %f72,%f68,%f25,%p36;
selp.f32 %f73,%f69,%f31,%p36;
st.global.v4.f32 [%rd99], {%f70,%f71,%f72,%f73};
selp.f32 %f74,%f37,%f66,%p36;
selp.f32 %f75,%f43,%f67,%p36;
selp.f32 %f76,%f49,%f68,%p36;
selp.f32 %f77,%f55,%f69,%p36;
st.global.v4.f32 [%rd99+32], {%f74,%f75,%f76,%f77};
bra.uni $L__BB0_70;
$L__BB0_51:
and.b32 %r210,%r47,2147483647;
setp.gt.u32 %p41,%r210,2139095040;
shr.u32 %r211,%r47,16;
and.b32 %r212,%r211,1;
add.s32 %r213,%r47,%r212;
add.s32 %r214,%r213,32767;
or.b32 %r215,%r47,4194304;
selp.b32 %r216,%r215,%r214,%p41;
and.b32 %r217,%r48,2147483647;
setp.gt.u32 %p42,%r217,2139095040;
shr.u32 %r218,%r48,16;
and.b32 %r219,%r218,1;
add.s32 %r220,%r48,%r219;
add.s32 %r221,%r220,32767;
or.b32 %r222,%r48,4194304;
selp.b32 %r223,%r222,%r221,%p42;
mov.u32 %r224,30258;
prmt.b32 %r288,%r216,%r223,%r224;
and.b32 %r225,%r49,2147483647;
setp.gt.u32 %p43,%r225,2139095040;
shr.u32 %r226,%r49,16;
and.b32 %r227,%r226,1;
add.s32 %r228,%r49,%r227;
add.s32 %r229,%r228,32767;
or.b32 %r230,%r49,4194304;
selp.b32 %r231,%r230,%r229,%p43;
and.b32 %r232,%r50,2147483647;
setp.gt.u32 %p44,%r232,2139095040;
shr.u32 %r233,%r50,16;
and.b32 %r234,%r233,1;
add.s32 %r235,%r50,%r234;
add.s32 %r236,%r235,32767;
or.b32 %r237,%r50,4194304;
selp.b32 %r238,%r237,%r236,%p44;
prmt.b32 %r289,%r231,%r238,%r224;
and.b32 %r239,%r51,2147483647;
setp.gt.u32 %p45,%r239,2139095040;
shr.u32 %r240,%r51,16;
and.b32 %r241,%r240,1;
add.s32 %r242,%r51,%r241;
add.s32 %r243,%r242,32767;
or.b32 %r244,%r51,4194304;
selp.b32 %r245,%r244,%r243,%p45;
and.b32 %r246,%r52,2147483647;
setp.gt.u32 %p46,%r246,2139095040;
shr.u32 %r247,%r52,16;
and.b32 %r248,%r247,1;
add.s32 %r249,%r52,%r248;
add.s32 %r250,%r249,32767;
or.b32 %r251,%r52,4194304;
selp.b32 %r252,%r251,%r250,%p46;
prmt.b32 %r290,%r245,%r252,%r224;
and.b32 %r253,%r53,2147483647;
setp.gt.u32 %p47,%r253,2139095040;
shr.u32 %r254,%r53,16;
and.b32 %r255,%r254,1;
add.s32 %r256,%r53,%r255;
add.s32 %r257,%r256,32767;
or.b32 %r258,%r53,4194304;
selp.b32 %r259,%r258,%r257,%p47;
and.b32 %r260,%r54,2147483647;
setp.gt.u32 %p48,%r260,2139095040;
shr.u32 %r261,%r54,16;
and.b32 %r262,%r261,1;
add.s32 %r263,%r54,%r262;
add.s32 %r264,%r263,32767;
or.b32 %r265,%r54,4194304;
selp.b32 %r266,%r265,%r264,%p48;
prmt.b32 %r291,%r259,%r266,%r224;
$L__BB0_52:
mul.wide.u32 %rd100,%r286,2;
add.s64 %rd13,%rd10,%rd100;
@%p1 bra $L__BB0_69;
bra.uni $L__BB0_53;
$L__BB0_69:
st.global.v4.u32 [%rd13], {%r288,%r289,%r290,%r291};
bra.uni $L__BB0_70;
$L__BB0_53:
setp.eq.s32 %p49,%r55,0;
@%p49 bra $L__BB0_55;
st.global.u16 [%rd13],%r288;
$L__BB0_55:
setp.lt.u32 %p50,%r55,2;
@%p50 bra $L__BB0_57;
shr.u32 %r267,%r288,16;
st.global.u16 [%rd13+2],%r267;
$L__BB0_57:
setp.lt.u32 %p51,%r55,3;
@%p51 bra $L__BB0_59;
st.global.u16 [%rd13+4],%r289;
$L__BB0_59:
setp.lt.u32 %p52,%r55,4;
@%p52 bra $L__BB0_61;
shr.u32 %r268,%r289,16;
st.global.u16 [%rd13+6],%r268;
$L__BB0_61:
setp.lt.u32 %p53,%r55,5;
@%p53 bra $L__BB0_63;
st.global.u16 [%rd13+8],%r290;
$L__BB0_63:
setp.lt.u32 %p54,%r55,6;
@%p54 bra $L__BB0_65;
shr.u32 %r269,%r290,16;
st.global.u16 [%rd13+10],%r269;
$L__BB0_65:
setp.lt.u32 %p55,%r55,7;
@%p55 bra $L__BB0_67;
st.global.u16 [%rd13+12],%r291;
$L__BB0_67:
setp.lt.u32 %p56,%r55,8;
@%p56 bra $L__BB0_70;
shr.u32 %r270,%r291,16;
st.global.u16 [%rd13+14],%r270;
bra.uni $L__BB0_70;
$L__BB0_34:
setp.eq.s32 %p28,%r55,0;
shl.b64 %rd96,%rd11,2;
add.s64 %rd12,%rd10,%rd96;
@%p28 bra $L__BB0_36;
st.global.f32 [%rd12],%f13;
$L__BB0_36:
setp.lt.u32 %p29,%r55,2;
@%p29 bra $L__BB0_38;
st.global.f32 [%rd12+4],%f19;
$L__BB0_38:
setp.lt.u32 %p30,%r55,3;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd12+8],%f25;
$L__BB0_40:
setp.lt.u32 %p31,%r55,4;
@%p31 bra $L__BB0_42;
st.global.f32 [%rd12+12],%f31;
$L__BB0_42:
setp.lt.u32 %p32,%r55,5;
@%p32 bra $L__BB0_44;
st.global.f32 [%rd12+16],%f37;
$L__BB0_44:
setp.lt.u32 %p33,%r55,6;
@%p33 bra $L__BB0_46;
st.global.f32 [%rd12+20],%f43;
$L__BB0_46:
setp.lt.u32 %p34,%r55,7;
@%p34 bra $L__BB0_48;
st.global.f32 [%rd12+24],%f49;
$L__BB0_48:
setp.lt.u32 %p35,%r55,8;
@%p35 bra $L__BB0_70;
st.global.f32 [%rd12+28],%f55;
$L__BB0_70:
add.s32 %r287,%r287,256;
shl.b32 %r286,%r287,3;
setp.lt.u32 %p57,%r286,%r5;
@%p57 bra $L__BB0_30;
$L__BB0_71:
bar.sync 0;
mov.u32 %r271,%nctaid.x;
cvt.u64.u32 %rd101,%r271;
add.s64 %rd102,%rd102,%rd101;
setp.lt.u64 %p58,%rd102,%rd1;
@%p58 bra $L__BB0_2;
$L__BB0_72:
ret;
}
)ptx"},
{tensor_type::q8_1, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_q8_1(
.param .u64 cria_dequantize_q8_1_param_0,
.param .u64 cria_dequantize_q8_1_param_1,
.param .u64 cria_dequantize_q8_1_param_2,
.param .u32 cria_dequantize_q8_1_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<59>;
.reg .b16 %rs<4>;
.reg .f32 %f<78>;
.reg .b32 %r<293>;
.reg .b64 %rd<103>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q8_1EEEvPKhyPhjE4tile[9232];
ld.param.u64 %rd16, [cria_dequantize_q8_1_param_0];
ld.param.u64 %rd17, [cria_dequantize_q8_1_param_1];
ld.param.u64 %rd18, [cria_dequantize_q8_1_param_2];
ld.param.u32 %r70, [cria_dequantize_q8_1_param_3];
shr.u64 %rd19,%rd17,13;
and.b64 %rd20,%rd17,8191;
setp.ne.s64 %p2,%rd20,0;
selp.u64 %rd21,1,0,%p2;
add.s64 %rd1,%rd19,%rd21;
mov.u32 %r71,%ctaid.x;
cvt.u64.u32 %rd102,%r71;
setp.le.u64 %p3,%rd1,%rd102;
@%p3 bra $L__BB0_72;
mov.u32 %r1,%tid.x;
shl.b32 %r2,%r1,3;
add.s32 %r3,%r1,1;
and.b32 %r4,%r1,1;
shl.b32 %r72,%r1,2;
and.b32 %r73,%r72,4;
neg.s32 %r74,%r73;
cvt.s64.s32 %rd3,%r74;
add.s32 %r75,%r1,257;
mul.wide.u32 %rd22,%r75,4;
mov.u64 %rd23, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q8_1EEEvPKhyPhjE4tile;
add.s64 %rd4,%rd23,%rd22;
add.s32 %r76,%r1,513;
mul.wide.u32 %rd24,%r76,4;
add.s64 %rd5,%rd23,%rd24;
$L__BB0_2:
shl.b64 %rd7,%rd102,13;
sub.s64 %rd25,%rd17,%rd7;
min.u64 %rd26,%rd25,8192;
cvt.u32.u64 %r5,%rd26;
mul.lo.s64 %rd8,%rd102,9216;
add.s64 %rd9,%rd16,%rd8;
mul.lo.s32 %r6,%r5,36;
shr.u32 %r7,%r6,5;
and.b64 %rd27,%rd9,15;
setp.eq.s64 %p4,%rd27,0;
@%p4 bra $L__BB0_14;
cvt.u32.u64 %r77,%rd9;
and.b32 %r8,%r77,3;
add.s32 %r78,%r7,%r8;
setp.lt.u32 %p5,%r78,8;
add.s32 %r79,%r78, -4;
shr.u32 %r80,%r79,2;
selp.b32 %r9,1,%r80,%p5;
setp.ge.u32 %p6,%r3,%r9;
@%p6 bra $L__BB0_11;
cvt.u64.u32 %rd28,%r8;
sub.s64 %rd29,%rd8,%rd28;
add.s64 %rd10,%rd16,%rd29;
shl.b32 %r10,%r8,3;
mov.u32 %r81,%tid.x;
mov.u32 %r82, -2;
sub.s32 %r83,%r82,%r81;
add.s32 %r11,%r83,%r9;
shr.u32 %r84,%r11,8;
add.s32 %r85,%r84,1;
and.b32 %r12,%r85,3;
setp.eq.s32 %p7,%r12,0;
mov.u32 %r273,%r3;
@%p7 bra $L__BB0_8;
add.s32 %r93,%r81,1;
mul.wide.u32 %rd32,%r93,4;
add.s64 %rd30,%rd10,%rd32;
ld.global.nc.u32 %r86, [%rd30];
add.s64 %rd31,%rd30,4;
ld.global.nc.u32 %r87, [%rd31];
shf.r.wrap.b32 %r88,%r86,%r87,%r10;
add.s64 %rd34,%rd23,%rd32;
st.shared.u32 [%rd34],%r88;
add.s32 %r273,%r81,257;
setp.eq.s32 %p8,%r12,1;
@%p8 bra $L__BB0_8;
add.s32 %r101,%r81,257;
mul.wide.u32 %rd37,%r101,4;
add.s64 %rd35,%rd10,%rd37;
ld.global.nc.u32 %r94, [%rd35];
add.s64 %rd36,%rd35,4;
ld.global.nc.u32 %r95, [%rd36];
shf.r.wrap.b32 %r96,%r94,%r95,%r10;
st.shared.u32 [%rd4],%r96;
add.s32 %r273,%r81,513;
setp.eq.s32 %p9,%r12,2;
@%p9 bra $L__BB0_8;
add.s32 %r109,%r81,513;
mul.wide.u32 %rd40,%r109,4;
add.s64 %rd38,%rd10,%rd40;
ld.global.nc.u32 %r102, [%rd38];
add.s64 %rd39,%rd38,4;
ld.global.nc.u32 %r103, [%rd39];
shf.r.wrap.b32 %r104,%r102,%r103,%r10;
st.shared.u32 [%rd5],%r104;
add.s32 %r273,%r81,769;
$L__BB0_8:
setp.lt.u32 %p10,%r11,768;
@%p10 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd49,%r273,4;
add.s64 %rd41,%rd10,%rd49;
ld.global.nc.u32 %r110, [%rd41];
add.s64 %rd42,%rd41,4;
ld.global.nc.u32 %r111, [%rd42];
shf.r.wrap.b32 %r112,%r110,%r111,%r10;
add.s64 %rd51,%rd23,%rd49;
st.shared.u32 [%rd51],%r112;
add.s32 %r134,%r273,256;
mul.wide.u32 %rd52,%r134,4;
add.s64 %rd43,%rd10,%rd52;
ld.global.nc.u32 %r116, [%rd43];
add.s64 %rd44,%rd43,4;
ld.global.nc.u32 %r117, [%rd44];
shf.r.wrap.b32 %r118,%r116,%r117,%r10;
add.s64 %rd53,%rd23,%rd52;
st.shared.u32 [%rd53],%r118;
add.s32 %r135,%r273,512;
mul.wide.u32 %rd54,%r135,4;
add.s64 %rd45,%rd10,%rd54;
ld.global.nc.u32 %r122, [%rd45];
add.s64 %rd46,%rd45,4;
ld.global.nc.u32 %r123, [%rd46];
shf.r.wrap.b32 %r124,%r122,%r123,%r10;
add.s64 %rd55,%rd23,%rd54;
st.shared.u32 [%rd55],%r124;
add.s32 %r136,%r273,768;
mul.wide.u32 %rd56,%r136,4;
add.s64 %rd47,%rd10,%rd56;
ld.global.nc.u32 %r128, [%rd47];
add.s64 %rd48,%rd47,4;
ld.global.nc.u32 %r129, [%rd48];
shf.r.wrap.b32 %r130,%r128,%r129,%r10;
add.s64 %rd57,%rd23,%rd56;
st.shared.u32 [%rd57],%r130;
add.s32 %r273,%r273,1024;
setp.lt.u32 %p11,%r273,%r9;
@%p11 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p12,%r1,15;
@%p12 bra $L__BB0_28;
mov.u32 %r137,%tid.x;
setp.lt.u32 %p13,%r137,4;
shl.b32 %r138,%r9,2;
add.s32 %r139,%r137,%r138;
add.s32 %r140,%r139, -4;
selp.b32 %r19,%r137,%r140,%p13;
setp.ge.u32 %p14,%r19,%r7;
@%p14 bra $L__BB0_28;
cvt.u64.u32 %rd58,%r19;
add.s64 %rd59,%rd8,%rd58;
cvta.to.global.u64 %rd60,%rd16;
add.s64 %rd61,%rd60,%rd59;
ld.global.u8 %rs1, [%rd61];
add.s64 %rd63,%rd23,%rd58;
st.shared.u8 [%rd63],%rs1;
bra.uni $L__BB0_28;
$L__BB0_14:
shr.u32 %r20,%r6,9;
setp.ge.u32 %p15,%r1,%r20;
@%p15 bra $L__BB0_16;
mov.u32 %r146,%tid.x;
mul.wide.u32 %rd65,%r146,16;
add.s64 %rd64,%rd9,%rd65;
ld.global.nc.v4.u32 {%r278,%r277,%r276,%r275}, [%rd64];
$L__BB0_16:
mov.u32 %r148,%tid.x;
add.s32 %r149,%r148,256;
setp.ge.u32 %p16,%r149,%r20;
@%p16 bra $L__BB0_18;
mul.wide.u32 %rd67,%r148,16;
add.s64 %rd68,%rd9,%rd67;
add.s64 %rd66,%rd68,4096;
ld.global.nc.v4.u32 {%r282,%r281,%r280,%r279}, [%rd66];
$L__BB0_18:
add.s32 %r157,%r148,512;
setp.ge.u32 %p17,%r157,%r20;
@%p17 bra $L__BB0_20;
mul.wide.u32 %rd70,%r148,16;
add.s64 %rd71,%rd9,%rd70;
add.s64 %rd69,%rd71,8192;
ld.global.nc.v4.u32 {%r283,%r284,%r285,%r286}, [%rd69];
$L__BB0_20:
@%p15 bra $L__BB0_22;
mul.wide.u32 %rd72,%r148,16;
add.s64 %rd74,%rd23,%rd72;
st.shared.v4.u32 [%rd74], {%r278,%r277,%r276,%r275};
$L__BB0_22:
@%p16 bra $L__BB0_24;
mul.wide.u32 %rd75,%r149,16;
add.s64 %rd77,%rd23,%rd75;
st.shared.v4.u32 [%rd77], {%r282,%r281,%r280,%r279};
$L__BB0_24:
@%p17 bra $L__BB0_26;
mul.wide.u32 %rd78,%r157,16;
add.s64 %rd80,%rd23,%rd78;
st.shared.v4.u32 [%rd80], {%r283,%r284,%r285,%r286};
$L__BB0_26:
and.b32 %r172,%r7,15;
setp.ge.u32 %p21,%r1,%r172;
@%p21 bra $L__BB0_28;
and.b32 %r173,%r7,32752;
add.s32 %r174,%r173,%r1;
cvt.u64.u32 %rd81,%r174;
add.s64 %rd82,%rd8,%rd81;
cvta.to.global.u64 %rd83,%rd16;
add.s64 %rd84,%rd83,%rd82;
ld.global.u8 %rs2, [%rd84];
add.s64 %rd86,%rd23,%rd81;
st.shared.u8 [%rd86],%rs2;
$L__BB0_28:
and.b64 %rd87,%rd18,15;
setp.eq.s64 %p22,%rd87,0;
bar.sync 0;
setp.eq.s32 %p23,%r5,8192;
and.pred %p1,%p22,%p23;
setp.ge.u32 %p24,%r2,%r5;
@%p24 bra $L__BB0_71;
cvta.to.global.u64 %rd88,%rd18;
setp.eq.s32 %p25,%r70,0;
selp.b64 %rd89,4,2,%p25;
mul.lo.s64 %rd90,%rd7,%rd89;
add.s64 %rd11,%rd88,%rd90;
mov.u32 %r287,%r2;
mov.u32 %r288,%r1;
$L__BB0_30:
.pragma "nounroll";
shr.u32 %r175,%r288,2;
mul.lo.s32 %r176,%r175,36;
cvt.u64.u32 %rd91,%r176;
add.s64 %rd93,%rd23,%rd91;
shl.b32 %r177,%r288,3;
and.b32 %r178,%r177,24;
cvt.u64.u32 %rd94,%r178;
add.s64 %rd95,%rd93,%rd94;
ld.shared.u32 %r179, [%rd95+4];
ld.shared.u32 %r180, [%rd95+8];
ld.shared.u16 %rs3, [%rd93];
cvt.f32.f16 %f9,%rs3;
xor.b32 %r181,%r179, -2139062144;
mov.u32 %r182,30288;
mov.u32 %r183,1258291200;
prmt.b32 %r184,%r181,%r183,%r182;
mov.b32 %f11,%r184;
mov.f32 %f54,0f4B000080;
sub.rn.f32 %f10,%f11,%f54;
mul.rn.f32 %f13,%f10,%f9;
mov.b32 %r47,%f13;
mov.u32 %r185,30289;
prmt.b32 %r186,%r181,%r183,%r185;
mov.b32 %f17,%r186;
sub.rn.f32 %f16,%f17,%f54;
mul.rn.f32 %f19,%f16,%f9;
mov.b32 %r48,%f19;
mov.u32 %r187,30290;
prmt.b32 %r188,%r181,%r183,%r187;
mov.b32 %f23,%r188;
sub.rn.f32 %f22,%f23,%f54;
mul.rn.f32 %f25,%f22,%f9;
mov.b32 %r49,%f25;
mov.u32 %r189,30291;
prmt.b32 %r190,%r181,%r183,%r189;
mov.b32 %f29,%r190;
sub.rn.f32 %f28,%f29,%f54;
mul.rn.f32 %f31,%f28,%f9;
mov.b32 %r50,%f31;
xor.b32 %r191,%r180, -2139062144;
prmt.b32 %r192,%r191,%r183,%r182;
mov.b32 %f35,%r192;
sub.rn.f32 %f34,%f35,%f54;
mul.rn.f32 %f37,%f34,%f9;
mov.b32 %r51,%f37;
prmt.b32 %r193,%r191,%r183,%r185;
mov.b32 %f41,%r193;
sub.rn.f32 %f40,%f41,%f54;
mul.rn.f32 %f43,%f40,%f9;
mov.b32 %r52,%f43;
prmt.b32 %r194,%r191,%r183,%r187;
mov.b32 %f47,%r194;
sub.rn.f32 %f46,%f47,%f54;
mul.rn.f32 %f49,%f46,%f9;
mov.b32 %r53,%f49;
prmt.b32 %r195,%r191,%r183,%r189;
mov.b32 %f53,%r195;
sub.rn.f32 %f52,%f53,%f54;
mul.rn.f32 %f55,%f52,%f9;
mov.b32 %r54,%f55;
sub.s32 %r55,%r5,%r287;
@%p25 bra $L__BB0_33;
setp.ne.s32 %p27,%r70,1;
@%p27 bra $L__BB0_51;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f13;
cvt.rn.f16.f32 upper,%f19;
mov.b32 %r289, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f25;
cvt.rn.f16.f32 upper,%f31;
mov.b32 %r290, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f37;
cvt.rn.f16.f32 upper,%f43;
mov.b32 %r291, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f49;
cvt.rn.f16.f32 upper,%f55;
mov.b32 %r292, {lower, upper};
}
bra.uni $L__BB0_52;
$L__BB0_33:
cvt.u64.u32 %rd12,%r287;
@%p1 bra $L__BB0_50;
bra.uni $L__BB0_34;
$L__BB0_50:
setp.ne.s32 %p36,%r4,0;
selp.b32 %r200,%r47,%r51,%p36;
mov.u32 %r201,31;
mov.u32 %r202,1;
mov.u32 %r203, -1;
shfl.sync.bfly.b32 %r204|%p37,%r200,%r202,%r201,%r203;
mov.b32 %f66,%r204;
selp.b32 %r205,%r48,%r52,%p36;
shfl.sync.bfly.b32 %r206|%p38,%r205,%r202,%r201,%r203;
mov.b32 %f67,%r206;
selp.b32 %r207,%r49,%r53,%p36;
shfl.sync.bfly.b32 %r208|%p39,%r207,%r202,%r201,%r203;
mov.b32 %f68,%r208;
selp.b32 %r209,%r50,%r54,%p36;
shfl.sync.bfly.b32 %r210|%p40,%r209,%r202,%r201,%r203;
mov.b32 %f69,%r210;
add.s64 %rd97,%rd12,%rd3;
shl.b64 %rd98,%rd97,2;
add.s64 %rd99,%rd11,%rd98;
selp.f32 %f70,%f66,%f13,%p36;
selp.f32 %f71,%f67,%f19,%p36;
selp.f32 %f72,%f68,%f25,%p36;
selp.f32 %f73,%f69,%f31,%p36;
st.global.v4.f32 [%rd99], {%f70,%f71,%f72,%f73};
selp.f32 %f74,%f37,%f66,%p36;
selp.f32 %f75,%f43,%f67,%p36;
selp.f32 %f76,%f49,%f68,%p36;
selp.f32 %f77,%f55,%f69,%p36;
st.global.v4.f32 [%rd99+32], {%f74,%f75,%f76,%f77};
bra.uni $L__BB0_70;
$L__BB0_51:
and.b32 %r211,%r47,2147483647;
setp.gt.u32 %p41,%r211,2139095040;
shr.u32 %r212,%r47,16;
and.b32 %r213,%r212,1;
add.s32 %r214,%r47,%r213;
add.s32 %r215,%r214,32767;
or.b32 %r216,%r47,4194304;
selp.b32 %r217,%r216,%r215,%p41;
and.b32 %r218,%r48,2147483647;
setp.gt.u32 %p42,%r218,2139095040;
shr.u32 %r219,%r48,16;
and.b32 %r220,%r219,1;
add.s32 %r221,%r48,%r220;
add.s32 %r222,%r221,32767;
or.b32 %r223,%r48,4194304;
selp.b32 %r224,%r223,%r222,%p42;
mov.u32 %r225,30258;
prmt.b32 %r289,%r217,%r224,%r225;
and.b32 %r226,%r49,2147483647;
setp.gt.u32 %p43,%r226,2139095040;
shr.u32 %r227,%r49,16;
and.b32 %r228,%r227,1;
add.s32 %r229,%r49,%r228;
add.s32 %r230,%r229,32767;
or.b32 %r231,%r49,4194304;
selp.b32 %r232,%r231,%r230,%p43;
and.b32 %r233,%r50,2147483647;
setp.gt.u32 %p44,%r233,2139095040;
shr.u32 %r234,%r50,16;
and.b32 %r235,%r234,1;
add.s32 %r236,%r50,%r235;
add.s32 %r237,%r236,32767;
or.b32 %r238,%r50,4194304;
selp.b32 %r239,%r238,%r237,%p44;
prmt.b32 %r290,%r232,%r239,%r225;
and.b32 %r240,%r51,2147483647;
setp.gt.u32 %p45,%r240,2139095040;
shr.u32 %r241,%r51,16;
and.b32 %r242,%r241,1;
add.s32 %r243,%r51,%r242;
add.s32 %r244,%r243,32767;
or.b32 %r245,%r51,4194304;
selp.b32 %r246,%r245,%r244,%p45;
and.b32 %r247,%r52,2147483647;
setp.gt.u32 %p46,%r247,2139095040;
shr.u32 %r248,%r52,16;
and.b32 %r249,%r248,1;
add.s32 %r250,%r52,%r249;
add.s32 %r251,%r250,32767;
or.b32 %r252,%r52,4194304;
selp.b32 %r253,%r252,%r251,%p46;
prmt.b32 %r291,%r246,%r253,%r225;
and.b32 %r254,%r53,2147483647;
setp.gt.u32 %p47,%r254,2139095040;
shr.u32 %r255,%r53,16;
and.b32 %r256,%r255,1;
add.s32 %r257,%r53,%r256;
add.s32 %r258,%r257,32767;
or.b32 %r259,%r53,4194304;
selp.b32 %r260,%r259,%r258,%p47;
and.b32 %r261,%r54,2147483647;
setp.gt.u32 %p48,%r261,2139095040;
shr.u32 %r262,%r54,16;
and.b32 %r263,%r262,1;
add.s32 %r264,%r54,%r263;
add.s32 %r265,%r264,32767;
or.b32 %r266,%r54,4194304;
selp.b32 %r267,%r266,%r265,%p48;
prmt.b32 %r292,%r260,%r267,%r225;
$L__BB0_52:
mul.wide.u32 %rd100,%r287,2;
add.s64 %rd14,%rd11,%rd100;
@%p1 bra $L__BB0_69;
bra.uni $L__BB0_53;
$L__BB0_69:
st.global.v4.u32 [%rd14], {%r289,%r290,%r291,%r292};
bra.uni $L__BB0_70;
$L__BB0_53:
setp.eq.s32 %p49,%r55,0;
@%p49 bra $L__BB0_55;
st.global.u16 [%rd14],%r289;
$L__BB0_55:
setp.lt.u32 %p50,%r55,2;
@%p50 bra $L__BB0_57;
shr.u32 %r268,%r289,16;
st.global.u16 [%rd14+2],%r268;
$L__BB0_57:
setp.lt.u32 %p51,%r55,3;
@%p51 bra $L__BB0_59;
st.global.u16 [%rd14+4],%r290;
$L__BB0_59:
setp.lt.u32 %p52,%r55,4;
@%p52 bra $L__BB0_61;
shr.u32 %r269,%r290,16;
st.global.u16 [%rd14+6],%r269;
$L__BB0_61:
setp.lt.u32 %p53,%r55,5;
@%p53 bra $L__BB0_63;
st.global.u16 [%rd14+8],%r291;
$L__BB0_63:
setp.lt.u32 %p54,%r55,6;
@%p54 bra $L__BB0_65;
shr.u32 %r270,%r291,16;
st.global.u16 [%rd14+10],%r270;
$L__BB0_65:
setp.lt.u32 %p55,%r55,7;
@%p55 bra $L__BB0_67;
st.global.u16 [%rd14+12],%r292;
$L__BB0_67:
setp.lt.u32 %p56,%r55,8;
@%p56 bra $L__BB0_70;
shr.u32 %r271,%r292,16;
st.global.u16 [%rd14+14],%r271;
bra.uni $L__BB0_70;
$L__BB0_34:
setp.eq.s32 %p28,%r55,0;
shl.b64 %rd96,%rd12,2;
add.s64 %rd13,%rd11,%rd96;
@%p28 bra $L__BB0_36;
st.global.f32 [%rd13],%f13;
$L__BB0_36:
setp.lt.u32 %p29,%r55,2;
@%p29 bra $L__BB0_38;
st.global.f32 [%rd13+4],%f19;
$L__BB0_38:
setp.lt.u32 %p30,%r55,3;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd13+8],%f25;
$L__BB0_40:
setp.lt.u32 %p31,%r55,4;
@%p31 bra $L__BB0_42;
st.global.f32 [%rd13+12],%f31;
$L__BB0_42:
setp.lt.u32 %p32,%r55,5;
@%p32 bra $L__BB0_44;
st.global.f32 [%rd13+16],%f37;
$L__BB0_44:
setp.lt.u32 %p33,%r55,6;
@%p33 bra $L__BB0_46;
st.global.f32 [%rd13+20],%f43;
$L__BB0_46:
setp.lt.u32 %p34,%r55,7;
@%p34 bra $L__BB0_48;
st.global.f32 [%rd13+24],%f49;
$L__BB0_48:
setp.lt.u32 %p35,%r55,8;
@%p35 bra $L__BB0_70;
st.global.f32 [%rd13+28],%f55;
$L__BB0_70:
add.s32 %r288,%r288,256;
shl.b32 %r287,%r288,3;
setp.lt.u32 %p57,%r287,%r5;
@%p57 bra $L__BB0_30;
$L__BB0_71:
bar.sync 0;
mov.u32 %r272,%nctaid.x;
cvt.u64.u32 %rd101,%r272;
add.s64 %rd102,%rd102,%rd101;
setp.lt.u64 %p58,%rd102,%rd1;
@%p58 bra $L__BB0_2;
$L__BB0_72:
ret;
}
)ptx"},
{tensor_type::q1_0, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_q1_0(
.param .u64 cria_dequantize_q1_0_param_0,
.param .u64 cria_dequantize_q1_0_param_1,
.param .u64 cria_dequantize_q1_0_param_2,
.param .u32 cria_dequantize_q1_0_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<61>;
.reg .b16 %rs<4>;
.reg .f32 %f<78>;
.reg .b32 %r<255>;
.reg .b64 %rd<106>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q1_0EEEvPKhyPhjE4tile[1168];
ld.param.u64 %rd10, [cria_dequantize_q1_0_param_0];
ld.param.u64 %rd11, [cria_dequantize_q1_0_param_1];
ld.param.u64 %rd12, [cria_dequantize_q1_0_param_2];
ld.param.u32 %r53, [cria_dequantize_q1_0_param_3];
and.b64 %rd13,%rd11,8191;
setp.ne.s64 %p1,%rd13,0;
selp.u64 %rd14,1,0,%p1;
shr.u64 %rd15,%rd11,13;
add.s64 %rd16,%rd15,%rd14;
mov.u32 %r54,%ctaid.x;
cvt.u64.u32 %rd105,%r54;
setp.le.u64 %p2,%rd16,%rd105;
@%p2 bra $L__BB0_64;
$L__BB0_2:
shl.b64 %rd17,%rd105,13;
sub.s64 %rd18,%rd11,%rd17;
min.u64 %rd19,%rd18,8192;
cvt.u32.u64 %r1,%rd19;
mul.lo.s64 %rd3,%rd105,1152;
add.s64 %rd4,%rd10,%rd3;
mul.lo.s32 %r2,%r1,18;
shr.u32 %r3,%r2,7;
and.b64 %rd20,%rd4,15;
setp.eq.s64 %p3,%rd20,0;
@%p3 bra $L__BB0_14;
cvt.u32.u64 %r55,%rd4;
and.b32 %r4,%r55,3;
add.s32 %r56,%r3,%r4;
setp.lt.u32 %p4,%r56,8;
add.s32 %r57,%r56, -4;
shr.u32 %r58,%r57,2;
selp.b32 %r5,1,%r58,%p4;
mov.u32 %r59,%tid.x;
add.s32 %r243,%r59,1;
setp.ge.u32 %p5,%r243,%r5;
@%p5 bra $L__BB0_11;
cvt.u64.u32 %rd21,%r4;
sub.s64 %rd22,%rd3,%rd21;
add.s64 %rd5,%rd10,%rd22;
shl.b32 %r6,%r4,3;
mov.u32 %r62, -2;
sub.s32 %r63,%r62,%r59;
add.s32 %r7,%r63,%r5;
shr.u32 %r64,%r7,8;
add.s32 %r65,%r64,1;
and.b32 %r8,%r65,3;
setp.eq.s32 %p6,%r8,0;
@%p6 bra $L__BB0_8;
add.s32 %r73,%r59,1;
mul.wide.u32 %rd25,%r73,4;
add.s64 %rd23,%rd5,%rd25;
ld.global.nc.u32 %r66, [%rd23];
add.s64 %rd24,%rd23,4;
ld.global.nc.u32 %r67, [%rd24];
shf.r.wrap.b32 %r68,%r66,%r67,%r6;
mov.u64 %rd26, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q1_0EEEvPKhyPhjE4tile;
add.s64 %rd27,%rd26,%rd25;
st.shared.u32 [%rd27],%r68;
add.s32 %r243,%r59,257;
setp.eq.s32 %p7,%r8,1;
@%p7 bra $L__BB0_8;
add.s32 %r81,%r59,257;
mul.wide.u32 %rd30,%r81,4;
add.s64 %rd28,%rd5,%rd30;
ld.global.nc.u32 %r74, [%rd28];
add.s64 %rd29,%rd28,4;
ld.global.nc.u32 %r75, [%rd29];
shf.r.wrap.b32 %r76,%r74,%r75,%r6;
add.s64 %rd32,%rd26,%rd30;
st.shared.u32 [%rd32],%r76;
add.s32 %r243,%r59,513;
setp.eq.s32 %p8,%r8,2;
@%p8 bra $L__BB0_8;
add.s32 %r89,%r59,513;
mul.wide.u32 %rd35,%r89,4;
add.s64 %rd33,%rd5,%rd35;
ld.global.nc.u32 %r82, [%rd33];
add.s64 %rd34,%rd33,4;
ld.global.nc.u32 %r83, [%rd34];
shf.r.wrap.b32 %r84,%r82,%r83,%r6;
add.s64 %rd37,%rd26,%rd35;
st.shared.u32 [%rd37],%r84;
add.s32 %r243,%r59,769;
$L__BB0_8:
setp.lt.u32 %p9,%r7,768;
@%p9 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd46,%r243,4;
add.s64 %rd38,%rd5,%rd46;
ld.global.nc.u32 %r90, [%rd38];
add.s64 %rd39,%rd38,4;
ld.global.nc.u32 %r91, [%rd39];
shf.r.wrap.b32 %r92,%r90,%r91,%r6;
mov.u64 %rd47, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q1_0EEEvPKhyPhjE4tile;
add.s64 %rd48,%rd47,%rd46;
st.shared.u32 [%rd48],%r92;
add.s32 %r114,%r243,256;
mul.wide.u32 %rd49,%r114,4;
add.s64 %rd40,%rd5,%rd49;
ld.global.nc.u32 %r96, [%rd40];
add.s64 %rd41,%rd40,4;
ld.global.nc.u32 %r97, [%rd41];
shf.r.wrap.b32 %r98,%r96,%r97,%r6;
add.s64 %rd50,%rd47,%rd49;
st.shared.u32 [%rd50],%r98;
add.s32 %r115,%r243,512;
mul.wide.u32 %rd51,%r115,4;
add.s64 %rd42,%rd5,%rd51;
ld.global.nc.u32 %r102, [%rd42];
add.s64 %rd43,%rd42,4;
ld.global.nc.u32 %r103, [%rd43];
shf.r.wrap.b32 %r104,%r102,%r103,%r6;
add.s64 %rd52,%rd47,%rd51;
st.shared.u32 [%rd52],%r104;
add.s32 %r116,%r243,768;
mul.wide.u32 %rd53,%r116,4;
add.s64 %rd44,%rd5,%rd53;
ld.global.nc.u32 %r108, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r109, [%rd45];
shf.r.wrap.b32 %r110,%r108,%r109,%r6;
add.s64 %rd54,%rd47,%rd53;
st.shared.u32 [%rd54],%r110;
add.s32 %r243,%r243,1024;
setp.lt.u32 %p10,%r243,%r5;
@%p10 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p11,%r59,15;
@%p11 bra $L__BB0_20;
setp.lt.u32 %p12,%r59,4;
shl.b32 %r119,%r5,2;
add.s32 %r120,%r59,%r119;
add.s32 %r121,%r120, -4;
selp.b32 %r16,%r59,%r121,%p12;
setp.ge.u32 %p13,%r16,%r3;
@%p13 bra $L__BB0_20;
cvt.u64.u32 %rd55,%r16;
add.s64 %rd56,%rd3,%rd55;
cvta.to.global.u64 %rd57,%rd10;
add.s64 %rd58,%rd57,%rd56;
ld.global.u8 %rs1, [%rd58];
mov.u64 %rd59, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q1_0EEEvPKhyPhjE4tile;
add.s64 %rd60,%rd59,%rd55;
st.shared.u8 [%rd60],%rs1;
bra.uni $L__BB0_20;
$L__BB0_14:
shr.u32 %r17,%r2,11;
mov.u32 %r123,%tid.x;
setp.ge.u32 %p14,%r123,%r17;
@%p14 bra $L__BB0_16;
mul.wide.u32 %rd62,%r123,16;
add.s64 %rd61,%rd4,%rd62;
ld.global.nc.v4.u32 {%r248,%r247,%r246,%r245}, [%rd61];
$L__BB0_16:
@%p14 bra $L__BB0_18;
mul.wide.u32 %rd63,%r123,16;
mov.u64 %rd64, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q1_0EEEvPKhyPhjE4tile;
add.s64 %rd65,%rd64,%rd63;
st.shared.v4.u32 [%rd65], {%r248,%r247,%r246,%r245};
$L__BB0_18:
and.b32 %r131,%r3,15;
setp.ge.u32 %p16,%r123,%r131;
@%p16 bra $L__BB0_20;
and.b32 %r133,%r3,4080;
add.s32 %r135,%r133,%r123;
cvt.u64.u32 %rd66,%r135;
add.s64 %rd67,%rd3,%rd66;
cvta.to.global.u64 %rd68,%rd10;
add.s64 %rd69,%rd68,%rd67;
ld.global.u8 %rs2, [%rd69];
mov.u64 %rd70, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q1_0EEEvPKhyPhjE4tile;
add.s64 %rd71,%rd70,%rd66;
st.shared.u8 [%rd71],%rs2;
$L__BB0_20:
bar.sync 0;
mov.u32 %r250,%tid.x;
shl.b32 %r249,%r250,3;
setp.ge.u32 %p17,%r249,%r1;
@%p17 bra $L__BB0_63;
$L__BB0_22:
.pragma "nounroll";
shr.u32 %r138,%r250,4;
mul.lo.s32 %r139,%r138,18;
cvt.u64.u32 %rd72,%r139;
mov.u64 %rd73, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q1_0EEEvPKhyPhjE4tile;
add.s64 %rd74,%rd73,%rd72;
and.b32 %r140,%r250,15;
cvt.u64.u32 %rd75,%r140;
add.s64 %rd76,%rd74,%rd75;
ld.shared.u8 %r141, [%rd76+2];
and.b32 %r142,%r141,15;
shr.u32 %r143,%r141,4;
ld.shared.u16 %rs3, [%rd74];
cvt.f32.f16 %f9,%rs3;
mul.lo.s32 %r144,%r142,4227330;
and.b32 %r145,%r144,33686018;
mov.u32 %r146,30288;
mov.u32 %r147,1258291200;
prmt.b32 %r148,%r145,%r147,%r146;
mov.b32 %f11,%r148;
mov.f32 %f54,0f4B000001;
sub.rn.f32 %f10,%f11,%f54;
mul.rn.f32 %f13,%f10,%f9;
mov.b32 %r30,%f13;
mov.u32 %r149,30289;
prmt.b32 %r150,%r145,%r147,%r149;
mov.b32 %f17,%r150;
sub.rn.f32 %f16,%f17,%f54;
mul.rn.f32 %f19,%f16,%f9;
mov.b32 %r31,%f19;
mov.u32 %r151,30290;
prmt.b32 %r152,%r145,%r147,%r151;
mov.b32 %f23,%r152;
sub.rn.f32 %f22,%f23,%f54;
mul.rn.f32 %f25,%f22,%f9;
mov.b32 %r32,%f25;
mov.u32 %r153,30291;
prmt.b32 %r154,%r145,%r147,%r153;
mov.b32 %f29,%r154;
sub.rn.f32 %f28,%f29,%f54;
mul.rn.f32 %f31,%f28,%f9;
mov.b32 %r33,%f31;
mul.lo.s32 %r155,%r143,4227330;
and.b32 %r156,%r155,33686018;
prmt.b32 %r157,%r156,%r147,%r146;
mov.b32 %f35,%r157;
sub.rn.f32 %f34,%f35,%f54;
mul.rn.f32 %f37,%f34,%f9;
mov.b32 %r34,%f37;
prmt.b32 %r158,%r156,%r147,%r149;
mov.b32 %f41,%r158;
sub.rn.f32 %f40,%f41,%f54;
mul.rn.f32 %f43,%f40,%f9;
mov.b32 %r35,%f43;
prmt.b32 %r159,%r156,%r147,%r151;
mov.b32 %f47,%r159;
sub.rn.f32 %f46,%f47,%f54;
mul.rn.f32 %f49,%f46,%f9;
mov.b32 %r36,%f49;
prmt.b32 %r160,%r156,%r147,%r153;
mov.b32 %f53,%r160;
sub.rn.f32 %f52,%f53,%f54;
mul.rn.f32 %f55,%f52,%f9;
mov.b32 %r37,%f55;
sub.s32 %r38,%r1,%r249;
setp.eq.s32 %p18,%r53,0;
@%p18 bra $L__BB0_25;
setp.ne.s32 %p19,%r53,1;
@%p19 bra $L__BB0_43;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f13;
cvt.rn.f16.f32 upper,%f19;
mov.b32 %r251, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f25;
cvt.rn.f16.f32 upper,%f31;
mov.b32 %r252, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f37;
cvt.rn.f16.f32 upper,%f43;
mov.b32 %r253, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f49;
cvt.rn.f16.f32 upper,%f55;
mov.b32 %r254, {lower, upper};
}
bra.uni $L__BB0_44;
$L__BB0_25:
cvt.u64.u32 %rd6,%r249;
and.b64 %rd77,%rd12,15;
setp.eq.s64 %p20,%rd77,0;
setp.eq.s32 %p21,%r1,8192;
and.pred %p22,%p20,%p21;
@%p22 bra $L__BB0_42;
bra.uni $L__BB0_26;
$L__BB0_42:
cvta.to.global.u64 %rd84,%rd12;
selp.b64 %rd85,4,2,%p18;
mul.lo.s64 %rd86,%rd105,%rd85;
shl.b64 %rd87,%rd86,13;
add.s64 %rd88,%rd84,%rd87;
mov.u32 %r165,%tid.x;
mov.u32 %r166,1;
and.b32 %r167,%r165,1;
setp.eq.b32 %p33,%r167,1;
selp.b32 %r168,%r30,%r34,%p33;
mov.u32 %r169,31;
mov.u32 %r170, -1;
shfl.sync.bfly.b32 %r171|%p34,%r168,%r166,%r169,%r170;
mov.b32 %f66,%r171;
selp.b32 %r172,%r31,%r35,%p33;
shfl.sync.bfly.b32 %r173|%p35,%r172,%r166,%r169,%r170;
mov.b32 %f67,%r173;
selp.b32 %r174,%r32,%r36,%p33;
shfl.sync.bfly.b32 %r175|%p36,%r174,%r166,%r169,%r170;
mov.b32 %f68,%r175;
selp.b32 %r176,%r33,%r37,%p33;
shfl.sync.bfly.b32 %r177|%p37,%r176,%r166,%r169,%r170;
mov.b32 %f69,%r177;
shl.b32 %r178,%r165,2;
and.b32 %r179,%r178,4;
neg.s32 %r180,%r179;
cvt.s64.s32 %rd89,%r180;
add.s64 %rd90,%rd6,%rd89;
shl.b64 %rd91,%rd90,2;
add.s64 %rd92,%rd88,%rd91;
selp.f32 %f70,%f66,%f13,%p33;
selp.f32 %f71,%f67,%f19,%p33;
selp.f32 %f72,%f68,%f25,%p33;
selp.f32 %f73,%f69,%f31,%p33;
st.global.v4.f32 [%rd92], {%f70,%f71,%f72,%f73};
selp.f32 %f74,%f37,%f66,%p33;
selp.f32 %f75,%f43,%f67,%p33;
selp.f32 %f76,%f49,%f68,%p33;
selp.f32 %f77,%f55,%f69,%p33;
st.global.v4.f32 [%rd92+32], {%f74,%f75,%f76,%f77};
bra.uni $L__BB0_62;
$L__BB0_43:
and.b32 %r181,%r30,2147483647;
setp.gt.u32 %p38,%r181,2139095040;
shr.u32 %r182,%r30,16;
and.b32 %r183,%r182,1;
add.s32 %r184,%r30,%r183;
add.s32 %r185,%r184,32767;
or.b32 %r186,%r30,4194304;
selp.b32 %r187,%r186,%r185,%p38;
and.b32 %r188,%r31,2147483647;
setp.gt.u32 %p39,%r188,2139095040;
shr.u32 %r189,%r31,16;
and.b32 %r190,%r189,1;
add.s32 %r191,%r31,%r190;
add.s32 %r192,%r191,32767;
or.b32 %r193,%r31,4194304;
selp.b32 %r194,%r193,%r192,%p39;
mov.u32 %r195,30258;
prmt.b32 %r251,%r187,%r194,%r195;
and.b32 %r196,%r32,2147483647;
setp.gt.u32 %p40,%r196,2139095040;
shr.u32 %r197,%r32,16;
and.b32 %r198,%r197,1;
add.s32 %r199,%r32,%r198;
add.s32 %r200,%r199,32767;
or.b32 %r201,%r32,4194304;
selp.b32 %r202,%r201,%r200,%p40;
and.b32 %r203,%r33,2147483647;
setp.gt.u32 %p41,%r203,2139095040;
shr.u32 %r204,%r33,16;
and.b32 %r205,%r204,1;
add.s32 %r206,%r33,%r205;
add.s32 %r207,%r206,32767;
or.b32 %r208,%r33,4194304;
selp.b32 %r209,%r208,%r207,%p41;
prmt.b32 %r252,%r202,%r209,%r195;
and.b32 %r210,%r34,2147483647;
setp.gt.u32 %p42,%r210,2139095040;
shr.u32 %r211,%r34,16;
and.b32 %r212,%r211,1;
add.s32 %r213,%r34,%r212;
add.s32 %r214,%r213,32767;
or.b32 %r215,%r34,4194304;
selp.b32 %r216,%r215,%r214,%p42;
and.b32 %r217,%r35,2147483647;
setp.gt.u32 %p43,%r217,2139095040;
shr.u32 %r218,%r35,16;
and.b32 %r219,%r218,1;
add.s32 %r220,%r35,%r219;
add.s32 %r221,%r220,32767;
or.b32 %r222,%r35,4194304;
selp.b32 %r223,%r222,%r221,%p43;
prmt.b32 %r253,%r216,%r223,%r195;
and.b32 %r224,%r36,2147483647;
setp.gt.u32 %p44,%r224,2139095040;
shr.u32 %r225,%r36,16;
and.b32 %r226,%r225,1;
add.s32 %r227,%r36,%r226;
add.s32 %r228,%r227,32767;
or.b32 %r229,%r36,4194304;
selp.b32 %r230,%r229,%r228,%p44;
and.b32 %r231,%r37,2147483647;
setp.gt.u32 %p45,%r231,2139095040;
shr.u32 %r232,%r37,16;
and.b32 %r233,%r232,1;
add.s32 %r234,%r37,%r233;
add.s32 %r235,%r234,32767;
or.b32 %r236,%r37,4194304;
selp.b32 %r237,%r236,%r235,%p45;
prmt.b32 %r254,%r230,%r237,%r195;
$L__BB0_44:
selp.b64 %rd93,4,2,%p18;
mul.lo.s64 %rd94,%rd105,%rd93;
shl.b64 %rd95,%rd94,13;
cvta.to.global.u64 %rd96,%rd12;
add.s64 %rd97,%rd96,%rd95;
mul.wide.u32 %rd98,%r249,2;
add.s64 %rd8,%rd97,%rd98;
and.b64 %rd99,%rd12,15;
setp.eq.s64 %p47,%rd99,0;
setp.eq.s32 %p48,%r1,8192;
and.pred %p49,%p47,%p48;
@%p49 bra $L__BB0_61;
bra.uni $L__BB0_45;
$L__BB0_61:
st.global.v4.u32 [%rd8], {%r251,%r252,%r253,%r254};
bra.uni $L__BB0_62;
$L__BB0_45:
setp.eq.s32 %p50,%r38,0;
@%p50 bra $L__BB0_47;
st.global.u16 [%rd8],%r251;
$L__BB0_47:
setp.lt.u32 %p51,%r38,2;
@%p51 bra $L__BB0_49;
shr.u32 %r238,%r251,16;
st.global.u16 [%rd8+2],%r238;
$L__BB0_49:
setp.lt.u32 %p52,%r38,3;
@%p52 bra $L__BB0_51;
st.global.u16 [%rd8+4],%r252;
$L__BB0_51:
setp.lt.u32 %p53,%r38,4;
@%p53 bra $L__BB0_53;
shr.u32 %r239,%r252,16;
st.global.u16 [%rd8+6],%r239;
$L__BB0_53:
setp.lt.u32 %p54,%r38,5;
@%p54 bra $L__BB0_55;
st.global.u16 [%rd8+8],%r253;
$L__BB0_55:
setp.lt.u32 %p55,%r38,6;
@%p55 bra $L__BB0_57;
shr.u32 %r240,%r253,16;
st.global.u16 [%rd8+10],%r240;
$L__BB0_57:
setp.lt.u32 %p56,%r38,7;
@%p56 bra $L__BB0_59;
st.global.u16 [%rd8+12],%r254;
$L__BB0_59:
setp.lt.u32 %p57,%r38,8;
@%p57 bra $L__BB0_62;
shr.u32 %r241,%r254,16;
st.global.u16 [%rd8+14],%r241;
bra.uni $L__BB0_62;
$L__BB0_26:
setp.eq.s32 %p23,%r38,0;
selp.b64 %rd78,4,2,%p18;
mul.lo.s64 %rd79,%rd105,%rd78;
shl.b64 %rd80,%rd79,13;
cvta.to.global.u64 %rd81,%rd12;
add.s64 %rd82,%rd81,%rd80;
shl.b64 %rd83,%rd6,2;
add.s64 %rd7,%rd82,%rd83;
@%p23 bra $L__BB0_28;
st.global.f32 [%rd7],%f13;
$L__BB0_28:
setp.lt.u32 %p25,%r38,2;
@%p25 bra $L__BB0_30;
st.global.f32 [%rd7+4],%f19;
$L__BB0_30:
setp.lt.u32 %p26,%r38,3;
@%p26 bra $L__BB0_32;
st.global.f32 [%rd7+8],%f25;
$L__BB0_32:
setp.lt.u32 %p27,%r38,4;
@%p27 bra $L__BB0_34;
st.global.f32 [%rd7+12],%f31;
$L__BB0_34:
setp.lt.u32 %p28,%r38,5;
@%p28 bra $L__BB0_36;
st.global.f32 [%rd7+16],%f37;
$L__BB0_36:
setp.lt.u32 %p29,%r38,6;
@%p29 bra $L__BB0_38;
st.global.f32 [%rd7+20],%f43;
$L__BB0_38:
setp.lt.u32 %p30,%r38,7;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd7+24],%f49;
$L__BB0_40:
setp.lt.u32 %p31,%r38,8;
@%p31 bra $L__BB0_62;
st.global.f32 [%rd7+28],%f55;
$L__BB0_62:
add.s32 %r250,%r250,256;
shl.b32 %r249,%r250,3;
setp.lt.u32 %p58,%r249,%r1;
@%p58 bra $L__BB0_22;
$L__BB0_63:
bar.sync 0;
mov.u32 %r242,%nctaid.x;
cvt.u64.u32 %rd100,%r242;
add.s64 %rd105,%rd105,%rd100;
setp.lt.u64 %p60,%rd105,%rd16;
@%p60 bra $L__BB0_2;
$L__BB0_64:
ret;
}
)ptx"},
{tensor_type::q2_0, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_q2_0(
.param .u64 cria_dequantize_q2_0_param_0,
.param .u64 cria_dequantize_q2_0_param_1,
.param .u64 cria_dequantize_q2_0_param_2,
.param .u32 cria_dequantize_q2_0_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<61>;
.reg .b16 %rs<4>;
.reg .f32 %f<78>;
.reg .b32 %r<263>;
.reg .b64 %rd<106>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q2_0EEEvPKhyPhjE4tile[2320];
ld.param.u64 %rd10, [cria_dequantize_q2_0_param_0];
ld.param.u64 %rd11, [cria_dequantize_q2_0_param_1];
ld.param.u64 %rd12, [cria_dequantize_q2_0_param_2];
ld.param.u32 %r53, [cria_dequantize_q2_0_param_3];
and.b64 %rd13,%rd11,8191;
setp.ne.s64 %p1,%rd13,0;
selp.u64 %rd14,1,0,%p1;
shr.u64 %rd15,%rd11,13;
add.s64 %rd16,%rd15,%rd14;
mov.u32 %r54,%ctaid.x;
cvt.u64.u32 %rd105,%r54;
setp.le.u64 %p2,%rd16,%rd105;
@%p2 bra $L__BB0_64;
$L__BB0_2:
shl.b64 %rd17,%rd105,13;
sub.s64 %rd18,%rd11,%rd17;
min.u64 %rd19,%rd18,8192;
cvt.u32.u64 %r1,%rd19;
mul.lo.s64 %rd3,%rd105,2304;
add.s64 %rd4,%rd10,%rd3;
mul.lo.s32 %r2,%r1,18;
shr.u32 %r3,%r2,6;
and.b64 %rd20,%rd4,15;
setp.eq.s64 %p3,%rd20,0;
@%p3 bra $L__BB0_14;
cvt.u32.u64 %r55,%rd4;
and.b32 %r4,%r55,3;
add.s32 %r56,%r3,%r4;
setp.lt.u32 %p4,%r56,8;
add.s32 %r57,%r56, -4;
shr.u32 %r58,%r57,2;
selp.b32 %r5,1,%r58,%p4;
mov.u32 %r59,%tid.x;
add.s32 %r251,%r59,1;
setp.ge.u32 %p5,%r251,%r5;
@%p5 bra $L__BB0_11;
cvt.u64.u32 %rd21,%r4;
sub.s64 %rd22,%rd3,%rd21;
add.s64 %rd5,%rd10,%rd22;
shl.b32 %r6,%r4,3;
mov.u32 %r62, -2;
sub.s32 %r63,%r62,%r59;
add.s32 %r7,%r63,%r5;
shr.u32 %r64,%r7,8;
add.s32 %r65,%r64,1;
and.b32 %r8,%r65,3;
setp.eq.s32 %p6,%r8,0;
@%p6 bra $L__BB0_8;
add.s32 %r73,%r59,1;
mul.wide.u32 %rd25,%r73,4;
add.s64 %rd23,%rd5,%rd25;
ld.global.nc.u32 %r66, [%rd23];
add.s64 %rd24,%rd23,4;
ld.global.nc.u32 %r67, [%rd24];
shf.r.wrap.b32 %r68,%r66,%r67,%r6;
mov.u64 %rd26, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q2_0EEEvPKhyPhjE4tile;
add.s64 %rd27,%rd26,%rd25;
st.shared.u32 [%rd27],%r68;
add.s32 %r251,%r59,257;
setp.eq.s32 %p7,%r8,1;
@%p7 bra $L__BB0_8;
add.s32 %r81,%r59,257;
mul.wide.u32 %rd30,%r81,4;
add.s64 %rd28,%rd5,%rd30;
ld.global.nc.u32 %r74, [%rd28];
add.s64 %rd29,%rd28,4;
ld.global.nc.u32 %r75, [%rd29];
shf.r.wrap.b32 %r76,%r74,%r75,%r6;
add.s64 %rd32,%rd26,%rd30;
st.shared.u32 [%rd32],%r76;
add.s32 %r251,%r59,513;
setp.eq.s32 %p8,%r8,2;
@%p8 bra $L__BB0_8;
add.s32 %r89,%r59,513;
mul.wide.u32 %rd35,%r89,4;
add.s64 %rd33,%rd5,%rd35;
ld.global.nc.u32 %r82, [%rd33];
add.s64 %rd34,%rd33,4;
ld.global.nc.u32 %r83, [%rd34];
shf.r.wrap.b32 %r84,%r82,%r83,%r6;
add.s64 %rd37,%rd26,%rd35;
st.shared.u32 [%rd37],%r84;
add.s32 %r251,%r59,769;
$L__BB0_8:
setp.lt.u32 %p9,%r7,768;
@%p9 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd46,%r251,4;
add.s64 %rd38,%rd5,%rd46;
ld.global.nc.u32 %r90, [%rd38];
add.s64 %rd39,%rd38,4;
ld.global.nc.u32 %r91, [%rd39];
shf.r.wrap.b32 %r92,%r90,%r91,%r6;
mov.u64 %rd47, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q2_0EEEvPKhyPhjE4tile;
add.s64 %rd48,%rd47,%rd46;
st.shared.u32 [%rd48],%r92;
add.s32 %r114,%r251,256;
mul.wide.u32 %rd49,%r114,4;
add.s64 %rd40,%rd5,%rd49;
ld.global.nc.u32 %r96, [%rd40];
add.s64 %rd41,%rd40,4;
ld.global.nc.u32 %r97, [%rd41];
shf.r.wrap.b32 %r98,%r96,%r97,%r6;
add.s64 %rd50,%rd47,%rd49;
st.shared.u32 [%rd50],%r98;
add.s32 %r115,%r251,512;
mul.wide.u32 %rd51,%r115,4;
add.s64 %rd42,%rd5,%rd51;
ld.global.nc.u32 %r102, [%rd42];
add.s64 %rd43,%rd42,4;
ld.global.nc.u32 %r103, [%rd43];
shf.r.wrap.b32 %r104,%r102,%r103,%r6;
add.s64 %rd52,%rd47,%rd51;
st.shared.u32 [%rd52],%r104;
add.s32 %r116,%r251,768;
mul.wide.u32 %rd53,%r116,4;
add.s64 %rd44,%rd5,%rd53;
ld.global.nc.u32 %r108, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r109, [%rd45];
shf.r.wrap.b32 %r110,%r108,%r109,%r6;
add.s64 %rd54,%rd47,%rd53;
st.shared.u32 [%rd54],%r110;
add.s32 %r251,%r251,1024;
setp.lt.u32 %p10,%r251,%r5;
@%p10 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p11,%r59,15;
@%p11 bra $L__BB0_20;
setp.lt.u32 %p12,%r59,4;
shl.b32 %r119,%r5,2;
add.s32 %r120,%r59,%r119;
add.s32 %r121,%r120, -4;
selp.b32 %r16,%r59,%r121,%p12;
setp.ge.u32 %p13,%r16,%r3;
@%p13 bra $L__BB0_20;
cvt.u64.u32 %rd55,%r16;
add.s64 %rd56,%rd3,%rd55;
cvta.to.global.u64 %rd57,%rd10;
add.s64 %rd58,%rd57,%rd56;
ld.global.u8 %rs1, [%rd58];
mov.u64 %rd59, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q2_0EEEvPKhyPhjE4tile;
add.s64 %rd60,%rd59,%rd55;
st.shared.u8 [%rd60],%rs1;
bra.uni $L__BB0_20;
$L__BB0_14:
shr.u32 %r17,%r2,10;
mov.u32 %r123,%tid.x;
setp.ge.u32 %p14,%r123,%r17;
@%p14 bra $L__BB0_16;
mul.wide.u32 %rd62,%r123,16;
add.s64 %rd61,%rd4,%rd62;
ld.global.nc.v4.u32 {%r256,%r255,%r254,%r253}, [%rd61];
$L__BB0_16:
@%p14 bra $L__BB0_18;
mul.wide.u32 %rd63,%r123,16;
mov.u64 %rd64, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q2_0EEEvPKhyPhjE4tile;
add.s64 %rd65,%rd64,%rd63;
st.shared.v4.u32 [%rd65], {%r256,%r255,%r254,%r253};
$L__BB0_18:
and.b32 %r131,%r3,15;
setp.ge.u32 %p16,%r123,%r131;
@%p16 bra $L__BB0_20;
and.b32 %r133,%r3,8176;
add.s32 %r135,%r133,%r123;
cvt.u64.u32 %rd66,%r135;
add.s64 %rd67,%rd3,%rd66;
cvta.to.global.u64 %rd68,%rd10;
add.s64 %rd69,%rd68,%rd67;
ld.global.u8 %rs2, [%rd69];
mov.u64 %rd70, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q2_0EEEvPKhyPhjE4tile;
add.s64 %rd71,%rd70,%rd66;
st.shared.u8 [%rd71],%rs2;
$L__BB0_20:
bar.sync 0;
mov.u32 %r258,%tid.x;
shl.b32 %r257,%r258,3;
setp.ge.u32 %p17,%r257,%r1;
@%p17 bra $L__BB0_63;
$L__BB0_22:
.pragma "nounroll";
shr.u32 %r138,%r258,3;
mul.lo.s32 %r139,%r138,18;
cvt.u64.u32 %rd72,%r139;
mov.u64 %rd73, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q2_0EEEvPKhyPhjE4tile;
add.s64 %rd74,%rd73,%rd72;
shl.b32 %r140,%r258,1;
and.b32 %r141,%r140,14;
cvt.u64.u32 %rd75,%r141;
add.s64 %rd76,%rd74,%rd75;
ld.shared.u16 %r142, [%rd76+2];
and.b32 %r143,%r142,15;
and.b32 %r144,%r142,240;
bfi.b32 %r145,%r144,%r143,12,20;
shl.b32 %r146,%r145,6;
or.b32 %r147,%r146,%r145;
and.b32 %r148,%r147,50529027;
shr.u32 %r149,%r142,8;
and.b32 %r150,%r149,15;
and.b32 %r151,%r149,240;
bfi.b32 %r152,%r151,%r150,12,20;
shl.b32 %r153,%r152,6;
or.b32 %r154,%r153,%r152;
and.b32 %r155,%r154,50529027;
ld.shared.u16 %rs3, [%rd74];
cvt.f32.f16 %f9,%rs3;
mov.u32 %r156,30288;
mov.u32 %r157,1258291200;
prmt.b32 %r158,%r148,%r157,%r156;
mov.b32 %f11,%r158;
mov.f32 %f54,0f4B000001;
sub.rn.f32 %f10,%f11,%f54;
mul.rn.f32 %f13,%f10,%f9;
mov.b32 %r30,%f13;
mov.u32 %r159,30289;
prmt.b32 %r160,%r148,%r157,%r159;
mov.b32 %f17,%r160;
sub.rn.f32 %f16,%f17,%f54;
mul.rn.f32 %f19,%f16,%f9;
mov.b32 %r31,%f19;
mov.u32 %r161,30290;
prmt.b32 %r162,%r148,%r157,%r161;
mov.b32 %f23,%r162;
sub.rn.f32 %f22,%f23,%f54;
mul.rn.f32 %f25,%f22,%f9;
mov.b32 %r32,%f25;
mov.u32 %r163,30291;
prmt.b32 %r164,%r148,%r157,%r163;
mov.b32 %f29,%r164;
sub.rn.f32 %f28,%f29,%f54;
mul.rn.f32 %f31,%f28,%f9;
mov.b32 %r33,%f31;
prmt.b32 %r165,%r155,%r157,%r156;
mov.b32 %f35,%r165;
sub.rn.f32 %f34,%f35,%f54;
mul.rn.f32 %f37,%f34,%f9;
mov.b32 %r34,%f37;
prmt.b32 %r166,%r155,%r157,%r159;
mov.b32 %f41,%r166;
sub.rn.f32 %f40,%f41,%f54;
mul.rn.f32 %f43,%f40,%f9;
mov.b32 %r35,%f43;
prmt.b32 %r167,%r155,%r157,%r161;
mov.b32 %f47,%r167;
sub.rn.f32 %f46,%f47,%f54;
mul.rn.f32 %f49,%f46,%f9;
mov.b32 %r36,%f49;
prmt.b32 %r168,%r155,%r157,%r163;
mov.b32 %f53,%r168;
sub.rn.f32 %f52,%f53,%f54;
mul.rn.f32 %f55,%f52,%f9;
mov.b32 %r37,%f55;
sub.s32 %r38,%r1,%r257;
setp.eq.s32 %p18,%r53,0;
@%p18 bra $L__BB0_25;
setp.ne.s32 %p19,%r53,1;
@%p19 bra $L__BB0_43;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f13;
cvt.rn.f16.f32 upper,%f19;
mov.b32 %r259, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f25;
cvt.rn.f16.f32 upper,%f31;
mov.b32 %r260, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f37;
cvt.rn.f16.f32 upper,%f43;
mov.b32 %r261, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f49;
cvt.rn.f16.f32 upper,%f55;
mov.b32 %r262, {lower, upper};
}
bra.uni $L__BB0_44;
$L__BB0_25:
cvt.u64.u32 %rd6,%r257;
and.b64 %rd77,%rd12,15;
setp.eq.s64 %p20,%rd77,0;
setp.eq.s32 %p21,%r1,8192;
and.pred %p22,%p20,%p21;
@%p22 bra $L__BB0_42;
bra.uni $L__BB0_26;
$L__BB0_42:
cvta.to.global.u64 %rd84,%rd12;
selp.b64 %rd85,4,2,%p18;
mul.lo.s64 %rd86,%rd105,%rd85;
shl.b64 %rd87,%rd86,13;
add.s64 %rd88,%rd84,%rd87;
mov.u32 %r173,%tid.x;
mov.u32 %r174,1;
and.b32 %r175,%r173,1;
setp.eq.b32 %p33,%r175,1;
selp.b32 %r176,%r30,%r34,%p33;
mov.u32 %r177,31;
mov.u32 %r178, -1;
shfl.sync.bfly.b32 %r179|%p34,%r176,%r174,%r177,%r178;
mov.b32 %f66,%r179;
selp.b32 %r180,%r31,%r35,%p33;
shfl.sync.bfly.b32 %r181|%p35,%r180,%r174,%r177,%r178;
mov.b32 %f67,%r181;
selp.b32 %r182,%r32,%r36,%p33;
shfl.sync.bfly.b32 %r183|%p36,%r182,%r174,%r177,%r178;
mov.b32 %f68,%r183;
selp.b32 %r184,%r33,%r37,%p33;
shfl.sync.bfly.b32 %r185|%p37,%r184,%r174,%r177,%r178;
mov.b32 %f69,%r185;
shl.b32 %r186,%r173,2;
and.b32 %r187,%r186,4;
neg.s32 %r188,%r187;
cvt.s64.s32 %rd89,%r188;
add.s64 %rd90,%rd6,%rd89;
shl.b64 %rd91,%rd90,2;
add.s64 %rd92,%rd88,%rd91;
selp.f32 %f70,%f66,%f13,%p33;
selp.f32 %f71,%f67,%f19,%p33;
selp.f32 %f72,%f68,%f25,%p33;
selp.f32 %f73,%f69,%f31,%p33;
st.global.v4.f32 [%rd92], {%f70,%f71,%f72,%f73};
selp.f32 %f74,%f37,%f66,%p33;
selp.f32 %f75,%f43,%f67,%p33;
selp.f32 %f76,%f49,%f68,%p33;
selp.f32 %f77,%f55,%f69,%p33;
st.global.v4.f32 [%rd92+32], {%f74,%f75,%f76,%f77};
bra.uni $L__BB0_62;
$L__BB0_43:
and.b32 %r189,%r30,2147483647;
setp.gt.u32 %p38,%r189,2139095040;
shr.u32 %r190,%r30,16;
and.b32 %r191,%r190,1;
add.s32 %r192,%r30,%r191;
add.s32 %r193,%r192,32767;
or.b32 %r194,%r30,4194304;
selp.b32 %r195,%r194,%r193,%p38;
and.b32 %r196,%r31,2147483647;
setp.gt.u32 %p39,%r196,2139095040;
shr.u32 %r197,%r31,16;
and.b32 %r198,%r197,1;
add.s32 %r199,%r31,%r198;
add.s32 %r200,%r199,32767;
or.b32 %r201,%r31,4194304;
selp.b32 %r202,%r201,%r200,%p39;
mov.u32 %r203,30258;
prmt.b32 %r259,%r195,%r202,%r203;
and.b32 %r204,%r32,2147483647;
setp.gt.u32 %p40,%r204,2139095040;
shr.u32 %r205,%r32,16;
and.b32 %r206,%r205,1;
add.s32 %r207,%r32,%r206;
add.s32 %r208,%r207,32767;
or.b32 %r209,%r32,4194304;
selp.b32 %r210,%r209,%r208,%p40;
and.b32 %r211,%r33,2147483647;
setp.gt.u32 %p41,%r211,2139095040;
shr.u32 %r212,%r33,16;
and.b32 %r213,%r212,1;
add.s32 %r214,%r33,%r213;
add.s32 %r215,%r214,32767;
or.b32 %r216,%r33,4194304;
selp.b32 %r217,%r216,%r215,%p41;
prmt.b32 %r260,%r210,%r217,%r203;
and.b32 %r218,%r34,2147483647;
setp.gt.u32 %p42,%r218,2139095040;
shr.u32 %r219,%r34,16;
and.b32 %r220,%r219,1;
add.s32 %r221,%r34,%r220;
add.s32 %r222,%r221,32767;
or.b32 %r223,%r34,4194304;
selp.b32 %r224,%r223,%r222,%p42;
and.b32 %r225,%r35,2147483647;
setp.gt.u32 %p43,%r225,2139095040;
shr.u32 %r226,%r35,16;
and.b32 %r227,%r226,1;
add.s32 %r228,%r35,%r227;
add.s32 %r229,%r228,32767;
or.b32 %r230,%r35,4194304;
selp.b32 %r231,%r230,%r229,%p43;
prmt.b32 %r261,%r224,%r231,%r203;
and.b32 %r232,%r36,2147483647;
setp.gt.u32 %p44,%r232,2139095040;
shr.u32 %r233,%r36,16;
and.b32 %r234,%r233,1;
add.s32 %r235,%r36,%r234;
add.s32 %r236,%r235,32767;
or.b32 %r237,%r36,4194304;
selp.b32 %r238,%r237,%r236,%p44;
and.b32 %r239,%r37,2147483647;
setp.gt.u32 %p45,%r239,2139095040;
shr.u32 %r240,%r37,16;
and.b32 %r241,%r240,1;
add.s32 %r242,%r37,%r241;
add.s32 %r243,%r242,32767;
or.b32 %r244,%r37,4194304;
selp.b32 %r245,%r244,%r243,%p45;
prmt.b32 %r262,%r238,%r245,%r203;
$L__BB0_44:
selp.b64 %rd93,4,2,%p18;
mul.lo.s64 %rd94,%rd105,%rd93;
shl.b64 %rd95,%rd94,13;
cvta.to.global.u64 %rd96,%rd12;
add.s64 %rd97,%rd96,%rd95;
mul.wide.u32 %rd98,%r257,2;
add.s64 %rd8,%rd97,%rd98;
and.b64 %rd99,%rd12,15;
setp.eq.s64 %p47,%rd99,0;
setp.eq.s32 %p48,%r1,8192;
and.pred %p49,%p47,%p48;
@%p49 bra $L__BB0_61;
bra.uni $L__BB0_45;
$L__BB0_61:
st.global.v4.u32 [%rd8], {%r259,%r260,%r261,%r262};
bra.uni $L__BB0_62;
$L__BB0_45:
setp.eq.s32 %p50,%r38,0;
@%p50 bra $L__BB0_47;
st.global.u16 [%rd8],%r259;
$L__BB0_47:
setp.lt.u32 %p51,%r38,2;
@%p51 bra $L__BB0_49;
shr.u32 %r246,%r259,16;
st.global.u16 [%rd8+2],%r246;
$L__BB0_49:
setp.lt.u32 %p52,%r38,3;
@%p52 bra $L__BB0_51;
st.global.u16 [%rd8+4],%r260;
$L__BB0_51:
setp.lt.u32 %p53,%r38,4;
@%p53 bra $L__BB0_53;
shr.u32 %r247,%r260,16;
st.global.u16 [%rd8+6],%r247;
$L__BB0_53:
setp.lt.u32 %p54,%r38,5;
@%p54 bra $L__BB0_55;
st.global.u16 [%rd8+8],%r261;
$L__BB0_55:
setp.lt.u32 %p55,%r38,6;
@%p55 bra $L__BB0_57;
shr.u32 %r248,%r261,16;
st.global.u16 [%rd8+10],%r248;
$L__BB0_57:
setp.lt.u32 %p56,%r38,7;
@%p56 bra $L__BB0_59;
st.global.u16 [%rd8+12],%r262;
$L__BB0_59:
setp.lt.u32 %p57,%r38,8;
@%p57 bra $L__BB0_62;
shr.u32 %r249,%r262,16;
st.global.u16 [%rd8+14],%r249;
bra.uni $L__BB0_62;
$L__BB0_26:
setp.eq.s32 %p23,%r38,0;
selp.b64 %rd78,4,2,%p18;
mul.lo.s64 %rd79,%rd105,%rd78;
shl.b64 %rd80,%rd79,13;
cvta.to.global.u64 %rd81,%rd12;
add.s64 %rd82,%rd81,%rd80;
shl.b64 %rd83,%rd6,2;
add.s64 %rd7,%rd82,%rd83;
@%p23 bra $L__BB0_28;
st.global.f32 [%rd7],%f13;
$L__BB0_28:
setp.lt.u32 %p25,%r38,2;
@%p25 bra $L__BB0_30;
st.global.f32 [%rd7+4],%f19;
$L__BB0_30:
setp.lt.u32 %p26,%r38,3;
@%p26 bra $L__BB0_32;
st.global.f32 [%rd7+8],%f25;
$L__BB0_32:
setp.lt.u32 %p27,%r38,4;
@%p27 bra $L__BB0_34;
st.global.f32 [%rd7+12],%f31;
$L__BB0_34:
setp.lt.u32 %p28,%r38,5;
@%p28 bra $L__BB0_36;
st.global.f32 [%rd7+16],%f37;
$L__BB0_36:
setp.lt.u32 %p29,%r38,6;
@%p29 bra $L__BB0_38;
st.global.f32 [%rd7+20],%f43;
$L__BB0_38:
setp.lt.u32 %p30,%r38,7;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd7+24],%f49;
$L__BB0_40:
setp.lt.u32 %p31,%r38,8;
@%p31 bra $L__BB0_62;
st.global.f32 [%rd7+28],%f55;
$L__BB0_62:
add.s32 %r258,%r258,256;
shl.b32 %r257,%r258,3;
setp.lt.u32 %p58,%r257,%r1;
@%p58 bra $L__BB0_22;
$L__BB0_63:
bar.sync 0;
mov.u32 %r250,%nctaid.x;
cvt.u64.u32 %rd100,%r250;
add.s64 %rd105,%rd105,%rd100;
setp.lt.u64 %p60,%rd105,%rd16;
@%p60 bra $L__BB0_2;
$L__BB0_64:
ret;
}
)ptx"},
{tensor_type::q2_k, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_q2_k(
.param .u64 cria_dequantize_q2_k_param_0,
.param .u64 cria_dequantize_q2_k_param_1,
.param .u64 cria_dequantize_q2_k_param_2,
.param .u32 cria_dequantize_q2_k_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<61>;
.reg .b16 %rs<5>;
.reg .f32 %f<109>;
.reg .b32 %r<268>;
.reg .b64 %rd<110>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q2_kEEEvPKhyPhjE4tile[2704];
ld.param.u64 %rd10, [cria_dequantize_q2_k_param_0];
ld.param.u64 %rd11, [cria_dequantize_q2_k_param_1];
ld.param.u64 %rd12, [cria_dequantize_q2_k_param_2];
ld.param.u32 %r53, [cria_dequantize_q2_k_param_3];
and.b64 %rd13,%rd11,8191;
setp.ne.s64 %p1,%rd13,0;
selp.u64 %rd14,1,0,%p1;
shr.u64 %rd15,%rd11,13;
add.s64 %rd16,%rd15,%rd14;
mov.u32 %r54,%ctaid.x;
cvt.u64.u32 %rd109,%r54;
setp.le.u64 %p2,%rd16,%rd109;
@%p2 bra $L__BB0_64;
$L__BB0_2:
shl.b64 %rd17,%rd109,13;
sub.s64 %rd18,%rd11,%rd17;
min.u64 %rd19,%rd18,8192;
cvt.u32.u64 %r1,%rd19;
mul.lo.s64 %rd3,%rd109,2688;
add.s64 %rd4,%rd10,%rd3;
mul.lo.s32 %r2,%r1,84;
shr.u32 %r3,%r2,8;
and.b64 %rd20,%rd4,15;
setp.eq.s64 %p3,%rd20,0;
@%p3 bra $L__BB0_14;
cvt.u32.u64 %r55,%rd4;
and.b32 %r4,%r55,3;
add.s32 %r56,%r3,%r4;
setp.lt.u32 %p4,%r56,8;
add.s32 %r57,%r56, -4;
shr.u32 %r58,%r57,2;
selp.b32 %r5,1,%r58,%p4;
mov.u32 %r59,%tid.x;
add.s32 %r256,%r59,1;
setp.ge.u32 %p5,%r256,%r5;
@%p5 bra $L__BB0_11;
cvt.u64.u32 %rd21,%r4;
sub.s64 %rd22,%rd3,%rd21;
add.s64 %rd5,%rd10,%rd22;
shl.b32 %r6,%r4,3;
mov.u32 %r62, -2;
sub.s32 %r63,%r62,%r59;
add.s32 %r7,%r63,%r5;
shr.u32 %r64,%r7,8;
add.s32 %r65,%r64,1;
and.b32 %r8,%r65,3;
setp.eq.s32 %p6,%r8,0;
@%p6 bra $L__BB0_8;
add.s32 %r73,%r59,1;
mul.wide.u32 %rd25,%r73,4;
add.s64 %rd23,%rd5,%rd25;
ld.global.nc.u32 %r66, [%rd23];
add.s64 %rd24,%rd23,4;
ld.global.nc.u32 %r67, [%rd24];
shf.r.wrap.b32 %r68,%r66,%r67,%r6;
mov.u64 %rd26, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q2_kEEEvPKhyPhjE4tile;
add.s64 %rd27,%rd26,%rd25;
st.shared.u32 [%rd27],%r68;
add.s32 %r256,%r59,257;
setp.eq.s32 %p7,%r8,1;
@%p7 bra $L__BB0_8;
add.s32 %r81,%r59,257;
mul.wide.u32 %rd30,%r81,4;
add.s64 %rd28,%rd5,%rd30;
ld.global.nc.u32 %r74, [%rd28];
add.s64 %rd29,%rd28,4;
ld.global.nc.u32 %r75, [%rd29];
shf.r.wrap.b32 %r76,%r74,%r75,%r6;
add.s64 %rd32,%rd26,%rd30;
st.shared.u32 [%rd32],%r76;
add.s32 %r256,%r59,513;
setp.eq.s32 %p8,%r8,2;
@%p8 bra $L__BB0_8;
add.s32 %r89,%r59,513;
mul.wide.u32 %rd35,%r89,4;
add.s64 %rd33,%rd5,%rd35;
ld.global.nc.u32 %r82, [%rd33];
add.s64 %rd34,%rd33,4;
ld.global.nc.u32 %r83, [%rd34];
shf.r.wrap.b32 %r84,%r82,%r83,%r6;
add.s64 %rd37,%rd26,%rd35;
st.shared.u32 [%rd37],%r84;
add.s32 %r256,%r59,769;
$L__BB0_8:
setp.lt.u32 %p9,%r7,768;
@%p9 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd46,%r256,4;
add.s64 %rd38,%rd5,%rd46;
ld.global.nc.u32 %r90, [%rd38];
add.s64 %rd39,%rd38,4;
ld.global.nc.u32 %r91, [%rd39];
shf.r.wrap.b32 %r92,%r90,%r91,%r6;
mov.u64 %rd47, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q2_kEEEvPKhyPhjE4tile;
add.s64 %rd48,%rd47,%rd46;
st.shared.u32 [%rd48],%r92;
add.s32 %r114,%r256,256;
mul.wide.u32 %rd49,%r114,4;
add.s64 %rd40,%rd5,%rd49;
ld.global.nc.u32 %r96, [%rd40];
add.s64 %rd41,%rd40,4;
ld.global.nc.u32 %r97, [%rd41];
shf.r.wrap.b32 %r98,%r96,%r97,%r6;
add.s64 %rd50,%rd47,%rd49;
st.shared.u32 [%rd50],%r98;
add.s32 %r115,%r256,512;
mul.wide.u32 %rd51,%r115,4;
add.s64 %rd42,%rd5,%rd51;
ld.global.nc.u32 %r102, [%rd42];
add.s64 %rd43,%rd42,4;
ld.global.nc.u32 %r103, [%rd43];
shf.r.wrap.b32 %r104,%r102,%r103,%r6;
add.s64 %rd52,%rd47,%rd51;
st.shared.u32 [%rd52],%r104;
add.s32 %r116,%r256,768;
mul.wide.u32 %rd53,%r116,4;
add.s64 %rd44,%rd5,%rd53;
ld.global.nc.u32 %r108, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r109, [%rd45];
shf.r.wrap.b32 %r110,%r108,%r109,%r6;
add.s64 %rd54,%rd47,%rd53;
st.shared.u32 [%rd54],%r110;
add.s32 %r256,%r256,1024;
setp.lt.u32 %p10,%r256,%r5;
@%p10 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p11,%r59,15;
@%p11 bra $L__BB0_20;
setp.lt.u32 %p12,%r59,4;
shl.b32 %r119,%r5,2;
add.s32 %r120,%r59,%r119;
add.s32 %r121,%r120, -4;
selp.b32 %r16,%r59,%r121,%p12;
setp.ge.u32 %p13,%r16,%r3;
@%p13 bra $L__BB0_20;
cvt.u64.u32 %rd55,%r16;
add.s64 %rd56,%rd3,%rd55;
cvta.to.global.u64 %rd57,%rd10;
add.s64 %rd58,%rd57,%rd56;
ld.global.u8 %rs1, [%rd58];
mov.u64 %rd59, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q2_kEEEvPKhyPhjE4tile;
add.s64 %rd60,%rd59,%rd55;
st.shared.u8 [%rd60],%rs1;
bra.uni $L__BB0_20;
$L__BB0_14:
shr.u32 %r17,%r2,12;
mov.u32 %r123,%tid.x;
setp.ge.u32 %p14,%r123,%r17;
@%p14 bra $L__BB0_16;
mul.wide.u32 %rd62,%r123,16;
add.s64 %rd61,%rd4,%rd62;
ld.global.nc.v4.u32 {%r261,%r260,%r259,%r258}, [%rd61];
$L__BB0_16:
@%p14 bra $L__BB0_18;
mul.wide.u32 %rd63,%r123,16;
mov.u64 %rd64, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q2_kEEEvPKhyPhjE4tile;
add.s64 %rd65,%rd64,%rd63;
st.shared.v4.u32 [%rd65], {%r261,%r260,%r259,%r258};
$L__BB0_18:
and.b32 %r131,%r3,15;
setp.ge.u32 %p16,%r123,%r131;
@%p16 bra $L__BB0_20;
and.b32 %r133,%r3,8176;
add.s32 %r135,%r133,%r123;
cvt.u64.u32 %rd66,%r135;
add.s64 %rd67,%rd3,%rd66;
cvta.to.global.u64 %rd68,%rd10;
add.s64 %rd69,%rd68,%rd67;
ld.global.u8 %rs2, [%rd69];
mov.u64 %rd70, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q2_kEEEvPKhyPhjE4tile;
add.s64 %rd71,%rd70,%rd66;
st.shared.u8 [%rd71],%rs2;
$L__BB0_20:
bar.sync 0;
mov.u32 %r263,%tid.x;
shl.b32 %r262,%r263,3;
setp.ge.u32 %p17,%r262,%r1;
@%p17 bra $L__BB0_63;
$L__BB0_22:
.pragma "nounroll";
shr.u32 %r138,%r263,1;
shr.u32 %r139,%r263,5;
mul.lo.s32 %r140,%r139,84;
cvt.u64.u32 %rd72,%r140;
and.b32 %r141,%r263,31;
shl.b32 %r142,%r263,1;
and.b32 %r143,%r142,32;
shl.b32 %r144,%r263,3;
and.b32 %r145,%r144,24;
or.b32 %r146,%r145,%r143;
add.s32 %r147,%r146,16;
cvt.u64.u32 %rd73,%r147;
add.s64 %rd74,%rd73,%rd72;
mov.u64 %rd75, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q2_kEEEvPKhyPhjE4tile;
add.s64 %rd76,%rd75,%rd74;
ld.shared.u32 %r148, [%rd76];
ld.shared.u32 %r149, [%rd76+4];
and.b32 %r150,%r138,6;
shr.u32 %r151,%r141,1;
cvt.u64.u32 %rd77,%r151;
add.s64 %rd78,%rd72,%rd77;
add.s64 %rd79,%rd75,%rd78;
ld.shared.u8 %r152, [%rd79];
add.s64 %rd80,%rd75,%rd72;
ld.shared.u32 %r153, [%rd80+80];
cvt.u16.u32 %rs3,%r153;
cvt.f32.f16 %f9,%rs3;
and.b32 %r154,%r152,15;
cvt.rn.f32.s32 %f12,%r154;
mul.rn.f32 %f10,%f9,%f12;
shr.u32 %r155,%r153,16;
cvt.u16.u32 %rs4,%r155;
cvt.f32.f16 %f13,%rs4;
shr.u32 %r156,%r152,4;
cvt.rn.f32.s32 %f16,%r156;
mul.rn.f32 %f14,%f13,%f16;
shr.u32 %r157,%r148,%r150;
and.b32 %r158,%r157,50529027;
mov.u32 %r159,30288;
mov.u32 %r160,1258291200;
prmt.b32 %r161,%r158,%r160,%r159;
mov.b32 %f18,%r161;
mov.f32 %f82,0f4B000000;
sub.rn.f32 %f17,%f18,%f82;
mul.rn.f32 %f20,%f17,%f10;
sub.rn.f32 %f23,%f20,%f14;
mov.b32 %r30,%f23;
mov.u32 %r162,30289;
prmt.b32 %r163,%r158,%r160,%r162;
mov.b32 %f27,%r163;
sub.rn.f32 %f26,%f27,%f82;
mul.rn.f32 %f29,%f26,%f10;
sub.rn.f32 %f32,%f29,%f14;
mov.b32 %r31,%f32;
mov.u32 %r164,30290;
prmt.b32 %r165,%r158,%r160,%r164;
mov.b32 %f36,%r165;
sub.rn.f32 %f35,%f36,%f82;
mul.rn.f32 %f38,%f35,%f10;
sub.rn.f32 %f41,%f38,%f14;
mov.b32 %r32,%f41;
mov.u32 %r166,30291;
prmt.b32 %r167,%r158,%r160,%r166;
mov.b32 %f45,%r167;
sub.rn.f32 %f44,%f45,%f82;
mul.rn.f32 %f47,%f44,%f10;
sub.rn.f32 %f50,%f47,%f14;
mov.b32 %r33,%f50;
shr.u32 %r168,%r149,%r150;
and.b32 %r169,%r168,50529027;
prmt.b32 %r170,%r169,%r160,%r159;
mov.b32 %f54,%r170;
sub.rn.f32 %f53,%f54,%f82;
mul.rn.f32 %f56,%f53,%f10;
sub.rn.f32 %f59,%f56,%f14;
mov.b32 %r34,%f59;
prmt.b32 %r171,%r169,%r160,%r162;
mov.b32 %f63,%r171;
sub.rn.f32 %f62,%f63,%f82;
mul.rn.f32 %f65,%f62,%f10;
sub.rn.f32 %f68,%f65,%f14;
mov.b32 %r35,%f68;
prmt.b32 %r172,%r169,%r160,%r164;
mov.b32 %f72,%r172;
sub.rn.f32 %f71,%f72,%f82;
mul.rn.f32 %f74,%f71,%f10;
sub.rn.f32 %f77,%f74,%f14;
mov.b32 %r36,%f77;
prmt.b32 %r173,%r169,%r160,%r166;
mov.b32 %f81,%r173;
sub.rn.f32 %f80,%f81,%f82;
mul.rn.f32 %f83,%f80,%f10;
sub.rn.f32 %f86,%f83,%f14;
mov.b32 %r37,%f86;
sub.s32 %r38,%r1,%r262;
setp.eq.s32 %p18,%r53,0;
@%p18 bra $L__BB0_25;
setp.ne.s32 %p19,%r53,1;
@%p19 bra $L__BB0_43;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f23;
cvt.rn.f16.f32 upper,%f32;
mov.b32 %r264, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f41;
cvt.rn.f16.f32 upper,%f50;
mov.b32 %r265, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f59;
cvt.rn.f16.f32 upper,%f68;
mov.b32 %r266, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f77;
cvt.rn.f16.f32 upper,%f86;
mov.b32 %r267, {lower, upper};
}
bra.uni $L__BB0_44;
$L__BB0_25:
cvt.u64.u32 %rd6,%r262;
and.b64 %rd81,%rd12,15;
setp.eq.s64 %p20,%rd81,0;
setp.eq.s32 %p21,%r1,8192;
and.pred %p22,%p20,%p21;
@%p22 bra $L__BB0_42;
bra.uni $L__BB0_26;
$L__BB0_42:
cvta.to.global.u64 %rd88,%rd12;
selp.b64 %rd89,4,2,%p18;
mul.lo.s64 %rd90,%rd109,%rd89;
shl.b64 %rd91,%rd90,13;
add.s64 %rd92,%rd88,%rd91;
mov.u32 %r178,%tid.x;
mov.u32 %r179,1;
and.b32 %r180,%r178,1;
setp.eq.b32 %p33,%r180,1;
selp.b32 %r181,%r30,%r34,%p33;
mov.u32 %r182,31;
mov.u32 %r183, -1;
shfl.sync.bfly.b32 %r184|%p34,%r181,%r179,%r182,%r183;
mov.b32 %f97,%r184;
selp.b32 %r185,%r31,%r35,%p33;
shfl.sync.bfly.b32 %r186|%p35,%r185,%r179,%r182,%r183;
mov.b32 %f98,%r186;
selp.b32 %r187,%r32,%r36,%p33;
shfl.sync.bfly.b32 %r188|%p36,%r187,%r179,%r182,%r183;
mov.b32 %f99,%r188;
selp.b32 %r189,%r33,%r37,%p33;
shfl.sync.bfly.b32 %r190|%p37,%r189,%r179,%r182,%r183;
mov.b32 %f100,%r190;
shl.b32 %r191,%r178,2;
and.b32 %r192,%r191,4;
neg.s32 %r193,%r192;
cvt.s64.s32 %rd93,%r193;
add.s64 %rd94,%rd6,%rd93;
shl.b64 %rd95,%rd94,2;
add.s64 %rd96,%rd92,%rd95;
selp.f32 %f101,%f97,%f23,%p33;
selp.f32 %f102,%f98,%f32,%p33;
selp.f32 %f103,%f99,%f41,%p33;
selp.f32 %f104,%f100,%f50,%p33;
st.global.v4.f32 [%rd96], {%f101,%f102,%f103,%f104};
selp.f32 %f105,%f59,%f97,%p33;
selp.f32 %f106,%f68,%f98,%p33;
selp.f32 %f107,%f77,%f99,%p33;
selp.f32 %f108,%f86,%f100,%p33;
st.global.v4.f32 [%rd96+32], {%f105,%f106,%f107,%f108};
bra.uni $L__BB0_62;
$L__BB0_43:
and.b32 %r194,%r30,2147483647;
setp.gt.u32 %p38,%r194,2139095040;
shr.u32 %r195,%r30,16;
and.b32 %r196,%r195,1;
add.s32 %r197,%r30,%r196;
add.s32 %r198,%r197,32767;
or.b32 %r199,%r30,4194304;
selp.b32 %r200,%r199,%r198,%p38;
and.b32 %r201,%r31,2147483647;
setp.gt.u32 %p39,%r201,2139095040;
shr.u32 %r202,%r31,16;
and.b32 %r203,%r202,1;
add.s32 %r204,%r31,%r203;
add.s32 %r205,%r204,32767;
or.b32 %r206,%r31,4194304;
selp.b32 %r207,%r206,%r205,%p39;
mov.u32 %r208,30258;
prmt.b32 %r264,%r200,%r207,%r208;
and.b32 %r209,%r32,2147483647;
setp.gt.u32 %p40,%r209,2139095040;
shr.u32 %r210,%r32,16;
and.b32 %r211,%r210,1;
add.s32 %r212,%r32,%r211;
add.s32 %r213,%r212,32767;
or.b32 %r214,%r32,4194304;
selp.b32 %r215,%r214,%r213,%p40;
and.b32 %r216,%r33,2147483647;
setp.gt.u32 %p41,%r216,2139095040;
shr.u32 %r217,%r33,16;
and.b32 %r218,%r217,1;
add.s32 %r219,%r33,%r218;
add.s32 %r220,%r219,32767;
or.b32 %r221,%r33,4194304;
selp.b32 %r222,%r221,%r220,%p41;
prmt.b32 %r265,%r215,%r222,%r208;
and.b32 %r223,%r34,2147483647;
setp.gt.u32 %p42,%r223,2139095040;
shr.u32 %r224,%r34,16;
and.b32 %r225,%r224,1;
add.s32 %r226,%r34,%r225;
add.s32 %r227,%r226,32767;
or.b32 %r228,%r34,4194304;
selp.b32 %r229,%r228,%r227,%p42;
and.b32 %r230,%r35,2147483647;
setp.gt.u32 %p43,%r230,2139095040;
shr.u32 %r231,%r35,16;
and.b32 %r232,%r231,1;
add.s32 %r233,%r35,%r232;
add.s32 %r234,%r233,32767;
or.b32 %r235,%r35,4194304;
selp.b32 %r236,%r235,%r234,%p43;
prmt.b32 %r266,%r229,%r236,%r208;
and.b32 %r237,%r36,2147483647;
setp.gt.u32 %p44,%r237,2139095040;
shr.u32 %r238,%r36,16;
and.b32 %r239,%r238,1;
add.s32 %r240,%r36,%r239;
add.s32 %r241,%r240,32767;
or.b32 %r242,%r36,4194304;
selp.b32 %r243,%r242,%r241,%p44;
and.b32 %r244,%r37,2147483647;
setp.gt.u32 %p45,%r244,2139095040;
shr.u32 %r245,%r37,16;
and.b32 %r246,%r245,1;
add.s32 %r247,%r37,%r246;
add.s32 %r248,%r247,32767;
or.b32 %r249,%r37,4194304;
selp.b32 %r250,%r249,%r248,%p45;
prmt.b32 %r267,%r243,%r250,%r208;
$L__BB0_44:
selp.b64 %rd97,4,2,%p18;
mul.lo.s64 %rd98,%rd109,%rd97;
shl.b64 %rd99,%rd98,13;
cvta.to.global.u64 %rd100,%rd12;
add.s64 %rd101,%rd100,%rd99;
mul.wide.u32 %rd102,%r262,2;
add.s64 %rd8,%rd101,%rd102;
and.b64 %rd103,%rd12,15;
setp.eq.s64 %p47,%rd103,0;
setp.eq.s32 %p48,%r1,8192;
and.pred %p49,%p47,%p48;
@%p49 bra $L__BB0_61;
bra.uni $L__BB0_45;
$L__BB0_61:
st.global.v4.u32 [%rd8], {%r264,%r265,%r266,%r267};
bra.uni $L__BB0_62;
$L__BB0_45:
setp.eq.s32 %p50,%r38,0;
@%p50 bra $L__BB0_47;
st.global.u16 [%rd8],%r264;
$L__BB0_47:
setp.lt.u32 %p51,%r38,2;
@%p51 bra $L__BB0_49;
shr.u32 %r251,%r264,16;
st.global.u16 [%rd8+2],%r251;
$L__BB0_49:
setp.lt.u32 %p52,%r38,3;
@%p52 bra $L__BB0_51;
st.global.u16 [%rd8+4],%r265;
$L__BB0_51:
setp.lt.u32 %p53,%r38,4;
@%p53 bra $L__BB0_53;
shr.u32 %r252,%r265,16;
st.global.u16 [%rd8+6],%r252;
$L__BB0_53:
setp.lt.u32 %p54,%r38,5;
@%p54 bra $L__BB0_55;
st.global.u16 [%rd8+8],%r266;
$L__BB0_55:
setp.lt.u32 %p55,%r38,6;
@%p55 bra $L__BB0_57;
shr.u32 %r253,%r266,16;
st.global.u16 [%rd8+10],%r253;
$L__BB0_57:
setp.lt.u32 %p56,%r38,7;
@%p56 bra $L__BB0_59;
st.global.u16 [%rd8+12],%r267;
$L__BB0_59:
setp.lt.u32 %p57,%r38,8;
@%p57 bra $L__BB0_62;
shr.u32 %r254,%r267,16;
st.global.u16 [%rd8+14],%r254;
bra.uni $L__BB0_62;
$L__BB0_26:
setp.eq.s32 %p23,%r38,0;
selp.b64 %rd82,4,2,%p18;
mul.lo.s64 %rd83,%rd109,%rd82;
shl.b64 %rd84,%rd83,13;
cvta.to.global.u64 %rd85,%rd12;
add.s64 %rd86,%rd85,%rd84;
shl.b64 %rd87,%rd6,2;
add.s64 %rd7,%rd86,%rd87;
@%p23 bra $L__BB0_28;
st.global.f32 [%rd7],%f23;
$L__BB0_28:
setp.lt.u32 %p25,%r38,2;
@%p25 bra $L__BB0_30;
st.global.f32 [%rd7+4],%f32;
$L__BB0_30:
setp.lt.u32 %p26,%r38,3;
@%p26 bra $L__BB0_32;
st.global.f32 [%rd7+8],%f41;
$L__BB0_32:
setp.lt.u32 %p27,%r38,4;
@%p27 bra $L__BB0_34;
st.global.f32 [%rd7+12],%f50;
$L__BB0_34:
setp.lt.u32 %p28,%r38,5;
@%p28 bra $L__BB0_36;
st.global.f32 [%rd7+16],%f59;
$L__BB0_36:
setp.lt.u32 %p29,%r38,6;
@%p29 bra $L__BB0_38;
st.global.f32 [%rd7+20],%f68;
$L__BB0_38:
setp.lt.u32 %p30,%r38,7;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd7+24],%f77;
$L__BB0_40:
setp.lt.u32 %p31,%r38,8;
@%p31 bra $L__BB0_62;
st.global.f32 [%rd7+28],%f86;
$L__BB0_62:
add.s32 %r263,%r263,256;
shl.b32 %r262,%r263,3;
setp.lt.u32 %p58,%r262,%r1;
@%p58 bra $L__BB0_22;
$L__BB0_63:
bar.sync 0;
mov.u32 %r255,%nctaid.x;
cvt.u64.u32 %rd104,%r255;
add.s64 %rd109,%rd109,%rd104;
setp.lt.u64 %p60,%rd109,%rd16;
@%p60 bra $L__BB0_2;
$L__BB0_64:
ret;
}
)ptx"},
{tensor_type::q3_k, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_q3_k(
.param .u64 cria_dequantize_q3_k_param_0,
.param .u64 cria_dequantize_q3_k_param_1,
.param .u64 cria_dequantize_q3_k_param_2,
.param .u32 cria_dequantize_q3_k_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<61>;
.reg .b16 %rs<12>;
.reg .f32 %f<81>;
.reg .b32 %r<286>;
.reg .b64 %rd<116>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q3_kEEEvPKhyPhjE4tile[3536];
ld.param.u64 %rd10, [cria_dequantize_q3_k_param_0];
ld.param.u64 %rd11, [cria_dequantize_q3_k_param_1];
ld.param.u64 %rd12, [cria_dequantize_q3_k_param_2];
ld.param.u32 %r53, [cria_dequantize_q3_k_param_3];
and.b64 %rd13,%rd11,8191;
setp.ne.s64 %p1,%rd13,0;
selp.u64 %rd14,1,0,%p1;
shr.u64 %rd15,%rd11,13;
add.s64 %rd16,%rd15,%rd14;
mov.u32 %r54,%ctaid.x;
cvt.u64.u32 %rd115,%r54;
setp.le.u64 %p2,%rd16,%rd115;
@%p2 bra $L__BB0_64;
$L__BB0_2:
shl.b64 %rd17,%rd115,13;
sub.s64 %rd18,%rd11,%rd17;
min.u64 %rd19,%rd18,8192;
cvt.u32.u64 %r1,%rd19;
mul.lo.s64 %rd3,%rd115,3520;
add.s64 %rd4,%rd10,%rd3;
mul.lo.s32 %r2,%r1,110;
shr.u32 %r3,%r2,8;
and.b64 %rd20,%rd4,15;
setp.eq.s64 %p3,%rd20,0;
@%p3 bra $L__BB0_14;
cvt.u32.u64 %r55,%rd4;
and.b32 %r4,%r55,3;
add.s32 %r56,%r3,%r4;
setp.lt.u32 %p4,%r56,8;
add.s32 %r57,%r56, -4;
shr.u32 %r58,%r57,2;
selp.b32 %r5,1,%r58,%p4;
mov.u32 %r59,%tid.x;
add.s32 %r274,%r59,1;
setp.ge.u32 %p5,%r274,%r5;
@%p5 bra $L__BB0_11;
cvt.u64.u32 %rd21,%r4;
sub.s64 %rd22,%rd3,%rd21;
add.s64 %rd5,%rd10,%rd22;
shl.b32 %r6,%r4,3;
mov.u32 %r62, -2;
sub.s32 %r63,%r62,%r59;
add.s32 %r7,%r63,%r5;
shr.u32 %r64,%r7,8;
add.s32 %r65,%r64,1;
and.b32 %r8,%r65,3;
setp.eq.s32 %p6,%r8,0;
@%p6 bra $L__BB0_8;
add.s32 %r73,%r59,1;
mul.wide.u32 %rd25,%r73,4;
add.s64 %rd23,%rd5,%rd25;
ld.global.nc.u32 %r66, [%rd23];
add.s64 %rd24,%rd23,4;
ld.global.nc.u32 %r67, [%rd24];
shf.r.wrap.b32 %r68,%r66,%r67,%r6;
mov.u64 %rd26, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q3_kEEEvPKhyPhjE4tile;
add.s64 %rd27,%rd26,%rd25;
st.shared.u32 [%rd27],%r68;
add.s32 %r274,%r59,257;
setp.eq.s32 %p7,%r8,1;
@%p7 bra $L__BB0_8;
add.s32 %r81,%r59,257;
mul.wide.u32 %rd30,%r81,4;
add.s64 %rd28,%rd5,%rd30;
ld.global.nc.u32 %r74, [%rd28];
add.s64 %rd29,%rd28,4;
ld.global.nc.u32 %r75, [%rd29];
shf.r.wrap.b32 %r76,%r74,%r75,%r6;
add.s64 %rd32,%rd26,%rd30;
st.shared.u32 [%rd32],%r76;
add.s32 %r274,%r59,513;
setp.eq.s32 %p8,%r8,2;
@%p8 bra $L__BB0_8;
add.s32 %r89,%r59,513;
mul.wide.u32 %rd35,%r89,4;
add.s64 %rd33,%rd5,%rd35;
ld.global.nc.u32 %r82, [%rd33];
add.s64 %rd34,%rd33,4;
ld.global.nc.u32 %r83, [%rd34];
shf.r.wrap.b32 %r84,%r82,%r83,%r6;
add.s64 %rd37,%rd26,%rd35;
st.shared.u32 [%rd37],%r84;
add.s32 %r274,%r59,769;
$L__BB0_8:
setp.lt.u32 %p9,%r7,768;
@%p9 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd46,%r274,4;
add.s64 %rd38,%rd5,%rd46;
ld.global.nc.u32 %r90, [%rd38];
add.s64 %rd39,%rd38,4;
ld.global.nc.u32 %r91, [%rd39];
shf.r.wrap.b32 %r92,%r90,%r91,%r6;
mov.u64 %rd47, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q3_kEEEvPKhyPhjE4tile;
add.s64 %rd48,%rd47,%rd46;
st.shared.u32 [%rd48],%r92;
add.s32 %r114,%r274,256;
mul.wide.u32 %rd49,%r114,4;
add.s64 %rd40,%rd5,%rd49;
ld.global.nc.u32 %r96, [%rd40];
add.s64 %rd41,%rd40,4;
ld.global.nc.u32 %r97, [%rd41];
shf.r.wrap.b32 %r98,%r96,%r97,%r6;
add.s64 %rd50,%rd47,%rd49;
st.shared.u32 [%rd50],%r98;
add.s32 %r115,%r274,512;
mul.wide.u32 %rd51,%r115,4;
add.s64 %rd42,%rd5,%rd51;
ld.global.nc.u32 %r102, [%rd42];
add.s64 %rd43,%rd42,4;
ld.global.nc.u32 %r103, [%rd43];
shf.r.wrap.b32 %r104,%r102,%r103,%r6;
add.s64 %rd52,%rd47,%rd51;
st.shared.u32 [%rd52],%r104;
add.s32 %r116,%r274,768;
mul.wide.u32 %rd53,%r116,4;
add.s64 %rd44,%rd5,%rd53;
ld.global.nc.u32 %r108, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r109, [%rd45];
shf.r.wrap.b32 %r110,%r108,%r109,%r6;
add.s64 %rd54,%rd47,%rd53;
st.shared.u32 [%rd54],%r110;
add.s32 %r274,%r274,1024;
setp.lt.u32 %p10,%r274,%r5;
@%p10 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p11,%r59,15;
@%p11 bra $L__BB0_20;
setp.lt.u32 %p12,%r59,4;
shl.b32 %r119,%r5,2;
add.s32 %r120,%r59,%r119;
add.s32 %r121,%r120, -4;
selp.b32 %r16,%r59,%r121,%p12;
setp.ge.u32 %p13,%r16,%r3;
@%p13 bra $L__BB0_20;
cvt.u64.u32 %rd55,%r16;
add.s64 %rd56,%rd3,%rd55;
cvta.to.global.u64 %rd57,%rd10;
add.s64 %rd58,%rd57,%rd56;
ld.global.u8 %rs1, [%rd58];
mov.u64 %rd59, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q3_kEEEvPKhyPhjE4tile;
add.s64 %rd60,%rd59,%rd55;
st.shared.u8 [%rd60],%rs1;
bra.uni $L__BB0_20;
$L__BB0_14:
shr.u32 %r17,%r2,12;
mov.u32 %r123,%tid.x;
setp.ge.u32 %p14,%r123,%r17;
@%p14 bra $L__BB0_16;
mul.wide.u32 %rd62,%r123,16;
add.s64 %rd61,%rd4,%rd62;
ld.global.nc.v4.u32 {%r279,%r278,%r277,%r276}, [%rd61];
$L__BB0_16:
@%p14 bra $L__BB0_18;
mul.wide.u32 %rd63,%r123,16;
mov.u64 %rd64, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q3_kEEEvPKhyPhjE4tile;
add.s64 %rd65,%rd64,%rd63;
st.shared.v4.u32 [%rd65], {%r279,%r278,%r277,%r276};
$L__BB0_18:
and.b32 %r131,%r3,15;
setp.ge.u32 %p16,%r123,%r131;
@%p16 bra $L__BB0_20;
and.b32 %r133,%r3,8176;
add.s32 %r135,%r133,%r123;
cvt.u64.u32 %rd66,%r135;
add.s64 %rd67,%rd3,%rd66;
cvta.to.global.u64 %rd68,%rd10;
add.s64 %rd69,%rd68,%rd67;
ld.global.u8 %rs2, [%rd69];
mov.u64 %rd70, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q3_kEEEvPKhyPhjE4tile;
add.s64 %rd71,%rd70,%rd66;
st.shared.u8 [%rd71],%rs2;
$L__BB0_20:
bar.sync 0;
mov.u32 %r281,%tid.x;
shl.b32 %r280,%r281,3;
setp.ge.u32 %p17,%r280,%r1;
@%p17 bra $L__BB0_63;
$L__BB0_22:
.pragma "nounroll";
shr.u32 %r138,%r281,1;
shr.u32 %r139,%r281,5;
mul.lo.s32 %r140,%r139,110;
cvt.u64.u32 %rd72,%r140;
and.b32 %r141,%r281,31;
shr.u32 %r142,%r141,4;
shl.b32 %r143,%r142,5;
shl.b32 %r144,%r281,3;
and.b32 %r145,%r144,24;
or.b32 %r146,%r145,%r143;
add.s32 %r147,%r146,32;
cvt.u64.u32 %rd73,%r147;
add.s64 %rd74,%rd73,%rd72;
mov.u64 %rd75, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q3_kEEEvPKhyPhjE4tile;
add.s64 %rd76,%rd75,%rd74;
ld.shared.u16 %rs4, [%rd76];
ld.shared.u16 %rs5, [%rd76+2];
mov.b32 %r148, {%rs4,%rs5};
ld.shared.u16 %rs6, [%rd76+4];
ld.shared.u16 %rs7, [%rd76+6];
mov.b32 %r149, {%rs6,%rs7};
and.b32 %r150,%r138,6;
shr.u32 %r151,%r148,%r150;
and.b32 %r152,%r151,50529027;
shr.u32 %r153,%r149,%r150;
and.b32 %r154,%r153,50529027;
cvt.u64.u32 %rd77,%r145;
add.s64 %rd78,%rd72,%rd77;
add.s64 %rd79,%rd75,%rd78;
ld.shared.u16 %rs8, [%rd79];
ld.shared.u16 %rs9, [%rd79+2];
mov.b32 %r155, {%rs8,%rs9};
ld.shared.u16 %rs10, [%rd79+4];
ld.shared.u16 %rs11, [%rd79+6];
mov.b32 %r156, {%rs10,%rs11};
shr.u32 %r157,%r141,2;
shr.u32 %r158,%r155,%r157;
shr.u32 %r159,%r156,%r157;
shr.u32 %r160,%r141,1;
and.b32 %r161,%r160,7;
cvt.u64.u32 %rd80,%r161;
add.s64 %rd81,%rd80,%rd72;
add.s64 %rd82,%rd75,%rd81;
ld.shared.u8 %r162, [%rd82+96];
shl.b32 %r163,%r142,2;
shr.u32 %r164,%r162,%r163;
and.b32 %r165,%r164,15;
and.b32 %r166,%r160,3;
cvt.u64.u32 %rd83,%r166;
add.s64 %rd84,%rd83,%rd72;
add.s64 %rd85,%rd75,%rd84;
ld.shared.u8 %r167, [%rd85+104];
and.b32 %r168,%r157,6;
shr.u32 %r169,%r167,%r168;
and.b32 %r170,%r169,3;
bfi.b32 %r171,%r170,%r165,4,2;
shl.b32 %r172,%r158,2;
and.b32 %r173,%r172,67372036;
or.b32 %r174,%r173,%r152;
shl.b32 %r175,%r159,2;
and.b32 %r176,%r175,67372036;
or.b32 %r177,%r176,%r154;
add.s64 %rd86,%rd75,%rd72;
ld.shared.u16 %rs3, [%rd86+108];
cvt.f32.f16 %f9,%rs3;
add.s32 %r178,%r171, -32;
cvt.rn.f32.s32 %f12,%r178;
mul.rn.f32 %f10,%f9,%f12;
mov.u32 %r179,30288;
mov.u32 %r180,1258291200;
prmt.b32 %r181,%r174,%r180,%r179;
mov.b32 %f14,%r181;
mov.f32 %f57,0f4B000004;
sub.rn.f32 %f13,%f14,%f57;
mul.rn.f32 %f16,%f13,%f10;
mov.b32 %r30,%f16;
mov.u32 %r182,30289;
prmt.b32 %r183,%r174,%r180,%r182;
mov.b32 %f20,%r183;
sub.rn.f32 %f19,%f20,%f57;
mul.rn.f32 %f22,%f19,%f10;
mov.b32 %r31,%f22;
mov.u32 %r184,30290;
prmt.b32 %r185,%r174,%r180,%r184;
mov.b32 %f26,%r185;
sub.rn.f32 %f25,%f26,%f57;
mul.rn.f32 %f28,%f25,%f10;
mov.b32 %r32,%f28;
mov.u32 %r186,30291;
prmt.b32 %r187,%r174,%r180,%r186;
mov.b32 %f32,%r187;
sub.rn.f32 %f31,%f32,%f57;
mul.rn.f32 %f34,%f31,%f10;
mov.b32 %r33,%f34;
prmt.b32 %r188,%r177,%r180,%r179;
mov.b32 %f38,%r188;
sub.rn.f32 %f37,%f38,%f57;
mul.rn.f32 %f40,%f37,%f10;
mov.b32 %r34,%f40;
prmt.b32 %r189,%r177,%r180,%r182;
mov.b32 %f44,%r189;
sub.rn.f32 %f43,%f44,%f57;
mul.rn.f32 %f46,%f43,%f10;
mov.b32 %r35,%f46;
prmt.b32 %r190,%r177,%r180,%r184;
mov.b32 %f50,%r190;
sub.rn.f32 %f49,%f50,%f57;
mul.rn.f32 %f52,%f49,%f10;
mov.b32 %r36,%f52;
prmt.b32 %r191,%r177,%r180,%r186;
mov.b32 %f56,%r191;
sub.rn.f32 %f55,%f56,%f57;
mul.rn.f32 %f58,%f55,%f10;
mov.b32 %r37,%f58;
sub.s32 %r38,%r1,%r280;
setp.eq.s32 %p18,%r53,0;
@%p18 bra $L__BB0_25;
setp.ne.s32 %p19,%r53,1;
@%p19 bra $L__BB0_43;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f16;
cvt.rn.f16.f32 upper,%f22;
mov.b32 %r282, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f28;
cvt.rn.f16.f32 upper,%f34;
mov.b32 %r283, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f40;
cvt.rn.f16.f32 upper,%f46;
mov.b32 %r284, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f52;
cvt.rn.f16.f32 upper,%f58;
mov.b32 %r285, {lower, upper};
}
bra.uni $L__BB0_44;
$L__BB0_25:
cvt.u64.u32 %rd6,%r280;
and.b64 %rd87,%rd12,15;
setp.eq.s64 %p20,%rd87,0;
setp.eq.s32 %p21,%r1,8192;
and.pred %p22,%p20,%p21;
@%p22 bra $L__BB0_42;
bra.uni $L__BB0_26;
$L__BB0_42:
cvta.to.global.u64 %rd94,%rd12;
selp.b64 %rd95,4,2,%p18;
mul.lo.s64 %rd96,%rd115,%rd95;
shl.b64 %rd97,%rd96,13;
add.s64 %rd98,%rd94,%rd97;
mov.u32 %r196,%tid.x;
mov.u32 %r197,1;
and.b32 %r198,%r196,1;
setp.eq.b32 %p33,%r198,1;
selp.b32 %r199,%r30,%r34,%p33;
mov.u32 %r200,31;
mov.u32 %r201, -1;
shfl.sync.bfly.b32 %r202|%p34,%r199,%r197,%r200,%r201;
mov.b32 %f69,%r202;
selp.b32 %r203,%r31,%r35,%p33;
shfl.sync.bfly.b32 %r204|%p35,%r203,%r197,%r200,%r201;
mov.b32 %f70,%r204;
selp.b32 %r205,%r32,%r36,%p33;
shfl.sync.bfly.b32 %r206|%p36,%r205,%r197,%r200,%r201;
mov.b32 %f71,%r206;
selp.b32 %r207,%r33,%r37,%p33;
shfl.sync.bfly.b32 %r208|%p37,%r207,%r197,%r200,%r201;
mov.b32 %f72,%r208;
shl.b32 %r209,%r196,2;
and.b32 %r210,%r209,4;
neg.s32 %r211,%r210;
cvt.s64.s32 %rd99,%r211;
add.s64 %rd100,%rd6,%rd99;
shl.b64 %rd101,%rd100,2;
add.s64 %rd102,%rd98,%rd101;
selp.f32 %f73,%f69,%f16,%p33;
selp.f32 %f74,%f70,%f22,%p33;
selp.f32 %f75,%f71,%f28,%p33;
selp.f32 %f76,%f72,%f34,%p33;
st.global.v4.f32 [%rd102], {%f73,%f74,%f75,%f76};
selp.f32 %f77,%f40,%f69,%p33;
selp.f32 %f78,%f46,%f70,%p33;
selp.f32 %f79,%f52,%f71,%p33;
selp.f32 %f80,%f58,%f72,%p33;
st.global.v4.f32 [%rd102+32], {%f77,%f78,%f79,%f80};
bra.uni $L__BB0_62;
$L__BB0_43:
and.b32 %r212,%r30,2147483647;
setp.gt.u32 %p38,%r212,2139095040;
shr.u32 %r213,%r30,16;
and.b32 %r214,%r213,1;
add.s32 %r215,%r30,%r214;
add.s32 %r216,%r215,32767;
or.b32 %r217,%r30,4194304;
selp.b32 %r218,%r217,%r216,%p38;
and.b32 %r219,%r31,2147483647;
setp.gt.u32 %p39,%r219,2139095040;
shr.u32 %r220,%r31,16;
and.b32 %r221,%r220,1;
add.s32 %r222,%r31,%r221;
add.s32 %r223,%r222,32767;
or.b32 %r224,%r31,4194304;
selp.b32 %r225,%r224,%r223,%p39;
mov.u32 %r226,30258;
prmt.b32 %r282,%r218,%r225,%r226;
and.b32 %r227,%r32,2147483647;
setp.gt.u32 %p40,%r227,2139095040;
shr.u32 %r228,%r32,16;
and.b32 %r229,%r228,1;
add.s32 %r230,%r32,%r229;
add.s32 %r231,%r230,32767;
or.b32 %r232,%r32,4194304;
selp.b32 %r233,%r232,%r231,%p40;
and.b32 %r234,%r33,2147483647;
setp.gt.u32 %p41,%r234,2139095040;
shr.u32 %r235,%r33,16;
and.b32 %r236,%r235,1;
add.s32 %r237,%r33,%r236;
add.s32 %r238,%r237,32767;
or.b32 %r239,%r33,4194304;
selp.b32 %r240,%r239,%r238,%p41;
prmt.b32 %r283,%r233,%r240,%r226;
and.b32 %r241,%r34,2147483647;
setp.gt.u32 %p42,%r241,2139095040;
shr.u32 %r242,%r34,16;
and.b32 %r243,%r242,1;
add.s32 %r244,%r34,%r243;
add.s32 %r245,%r244,32767;
or.b32 %r246,%r34,4194304;
selp.b32 %r247,%r246,%r245,%p42;
and.b32 %r248,%r35,2147483647;
setp.gt.u32 %p43,%r248,2139095040;
shr.u32 %r249,%r35,16;
and.b32 %r250,%r249,1;
add.s32 %r251,%r35,%r250;
add.s32 %r252,%r251,32767;
or.b32 %r253,%r35,4194304;
selp.b32 %r254,%r253,%r252,%p43;
prmt.b32 %r284,%r247,%r254,%r226;
and.b32 %r255,%r36,2147483647;
setp.gt.u32 %p44,%r255,2139095040;
shr.u32 %r256,%r36,16;
and.b32 %r257,%r256,1;
add.s32 %r258,%r36,%r257;
add.s32 %r259,%r258,32767;
or.b32 %r260,%r36,4194304;
selp.b32 %r261,%r260,%r259,%p44;
and.b32 %r262,%r37,2147483647;
setp.gt.u32 %p45,%r262,2139095040;
shr.u32 %r263,%r37,16;
and.b32 %r264,%r263,1;
add.s32 %r265,%r37,%r264;
add.s32 %r266,%r265,32767;
or.b32 %r267,%r37,4194304;
selp.b32 %r268,%r267,%r266,%p45;
prmt.b32 %r285,%r261,%r268,%r226;
$L__BB0_44:
selp.b64 %rd103,4,2,%p18;
mul.lo.s64 %rd104,%rd115,%rd103;
shl.b64 %rd105,%rd104,13;
cvta.to.global.u64 %rd106,%rd12;
add.s64 %rd107,%rd106,%rd105;
mul.wide.u32 %rd108,%r280,2;
add.s64 %rd8,%rd107,%rd108;
and.b64 %rd109,%rd12,15;
setp.eq.s64 %p47,%rd109,0;
setp.eq.s32 %p48,%r1,8192;
and.pred %p49,%p47,%p48;
@%p49 bra $L__BB0_61;
bra.uni $L__BB0_45;
$L__BB0_61:
st.global.v4.u32 [%rd8], {%r282,%r283,%r284,%r285};
bra.uni $L__BB0_62;
$L__BB0_45:
setp.eq.s32 %p50,%r38,0;
@%p50 bra $L__BB0_47;
st.global.u16 [%rd8],%r282;
$L__BB0_47:
setp.lt.u32 %p51,%r38,2;
@%p51 bra $L__BB0_49;
shr.u32 %r269,%r282,16;
st.global.u16 [%rd8+2],%r269;
$L__BB0_49:
setp.lt.u32 %p52,%r38,3;
@%p52 bra $L__BB0_51;
st.global.u16 [%rd8+4],%r283;
$L__BB0_51:
setp.lt.u32 %p53,%r38,4;
@%p53 bra $L__BB0_53;
shr.u32 %r270,%r283,16;
st.global.u16 [%rd8+6],%r270;
$L__BB0_53:
setp.lt.u32 %p54,%r38,5;
@%p54 bra $L__BB0_55;
st.global.u16 [%rd8+8],%r284;
$L__BB0_55:
setp.lt.u32 %p55,%r38,6;
@%p55 bra $L__BB0_57;
shr.u32 %r271,%r284,16;
st.global.u16 [%rd8+10],%r271;
$L__BB0_57:
setp.lt.u32 %p56,%r38,7;
@%p56 bra $L__BB0_59;
st.global.u16 [%rd8+12],%r285;
$L__BB0_59:
setp.lt.u32 %p57,%r38,8;
@%p57 bra $L__BB0_62;
shr.u32 %r272,%r285,16;
st.global.u16 [%rd8+14],%r272;
bra.uni $L__BB0_62;
$L__BB0_26:
setp.eq.s32 %p23,%r38,0;
selp.b64 %rd88,4,2,%p18;
mul.lo.s64 %rd89,%rd115,%rd88;
shl.b64 %rd90,%rd89,13;
cvta.to.global.u64 %rd91,%rd12;
add.s64 %rd92,%rd91,%rd90;
shl.b64 %rd93,%rd6,2;
add.s64 %rd7,%rd92,%rd93;
@%p23 bra $L__BB0_28;
st.global.f32 [%rd7],%f16;
$L__BB0_28:
setp.lt.u32 %p25,%r38,2;
@%p25 bra $L__BB0_30;
st.global.f32 [%rd7+4],%f22;
$L__BB0_30:
setp.lt.u32 %p26,%r38,3;
@%p26 bra $L__BB0_32;
st.global.f32 [%rd7+8],%f28;
$L__BB0_32:
setp.lt.u32 %p27,%r38,4;
@%p27 bra $L__BB0_34;
st.global.f32 [%rd7+12],%f34;
$L__BB0_34:
setp.lt.u32 %p28,%r38,5;
@%p28 bra $L__BB0_36;
st.global.f32 [%rd7+16],%f40;
$L__BB0_36:
setp.lt.u32 %p29,%r38,6;
@%p29 bra $L__BB0_38;
st.global.f32 [%rd7+20],%f46;
$L__BB0_38:
setp.lt.u32 %p30,%r38,7;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd7+24],%f52;
$L__BB0_40:
setp.lt.u32 %p31,%r38,8;
@%p31 bra $L__BB0_62;
st.global.f32 [%rd7+28],%f58;
$L__BB0_62:
add.s32 %r281,%r281,256;
shl.b32 %r280,%r281,3;
setp.lt.u32 %p58,%r280,%r1;
@%p58 bra $L__BB0_22;
$L__BB0_63:
bar.sync 0;
mov.u32 %r273,%nctaid.x;
cvt.u64.u32 %rd110,%r273;
add.s64 %rd115,%rd115,%rd110;
setp.lt.u64 %p60,%rd115,%rd16;
@%p60 bra $L__BB0_2;
$L__BB0_64:
ret;
}
)ptx"},
{tensor_type::q4_k, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_q4_k(
.param .u64 cria_dequantize_q4_k_param_0,
.param .u64 cria_dequantize_q4_k_param_1,
.param .u64 cria_dequantize_q4_k_param_2,
.param .u32 cria_dequantize_q4_k_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<58>;
.reg .b16 %rs<5>;
.reg .f32 %f<109>;
.reg .b32 %r<306>;
.reg .b64 %rd<96>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q4_kEEEvPKhyPhjE4tile[4624];
ld.param.u64 %rd14, [cria_dequantize_q4_k_param_0];
ld.param.u64 %rd15, [cria_dequantize_q4_k_param_1];
ld.param.u64 %rd16, [cria_dequantize_q4_k_param_2];
ld.param.u32 %r62, [cria_dequantize_q4_k_param_3];
shr.u64 %rd17,%rd15,13;
and.b64 %rd18,%rd15,8191;
setp.ne.s64 %p2,%rd18,0;
selp.u64 %rd19,1,0,%p2;
add.s64 %rd1,%rd17,%rd19;
mov.u32 %r63,%ctaid.x;
cvt.u64.u32 %rd95,%r63;
setp.le.u64 %p3,%rd1,%rd95;
@%p3 bra $L__BB0_68;
mov.u32 %r1,%tid.x;
shl.b32 %r2,%r1,3;
and.b32 %r3,%r1,1;
shl.b32 %r64,%r1,2;
and.b32 %r65,%r64,4;
neg.s32 %r66,%r65;
cvt.s64.s32 %rd3,%r66;
$L__BB0_2:
shl.b64 %rd5,%rd95,13;
sub.s64 %rd20,%rd15,%rd5;
min.u64 %rd21,%rd20,8192;
cvt.u32.u64 %r4,%rd21;
mul.lo.s64 %rd6,%rd95,4608;
add.s64 %rd7,%rd14,%rd6;
mul.lo.s32 %r5,%r4,144;
shr.u32 %r6,%r5,8;
and.b64 %rd22,%rd7,15;
setp.eq.s64 %p4,%rd22,0;
@%p4 bra $L__BB0_14;
cvt.u32.u64 %r67,%rd7;
and.b32 %r7,%r67,3;
add.s32 %r68,%r6,%r7;
setp.lt.u32 %p5,%r68,8;
add.s32 %r69,%r68, -4;
shr.u32 %r70,%r69,2;
selp.b32 %r8,1,%r70,%p5;
mov.u32 %r71,%tid.x;
add.s32 %r290,%r71,1;
setp.ge.u32 %p6,%r290,%r8;
@%p6 bra $L__BB0_11;
cvt.u64.u32 %rd23,%r7;
sub.s64 %rd24,%rd6,%rd23;
add.s64 %rd8,%rd14,%rd24;
shl.b32 %r9,%r7,3;
mov.u32 %r74, -2;
sub.s32 %r75,%r74,%r71;
add.s32 %r10,%r75,%r8;
shr.u32 %r76,%r10,8;
add.s32 %r77,%r76,1;
and.b32 %r11,%r77,3;
setp.eq.s32 %p7,%r11,0;
@%p7 bra $L__BB0_8;
add.s32 %r85,%r71,1;
mul.wide.u32 %rd27,%r85,4;
add.s64 %rd25,%rd8,%rd27;
ld.global.nc.u32 %r78, [%rd25];
add.s64 %rd26,%rd25,4;
ld.global.nc.u32 %r79, [%rd26];
shf.r.wrap.b32 %r80,%r78,%r79,%r9;
mov.u64 %rd28, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q4_kEEEvPKhyPhjE4tile;
add.s64 %rd29,%rd28,%rd27;
st.shared.u32 [%rd29],%r80;
add.s32 %r290,%r71,257;
setp.eq.s32 %p8,%r11,1;
@%p8 bra $L__BB0_8;
add.s32 %r93,%r71,257;
mul.wide.u32 %rd32,%r93,4;
add.s64 %rd30,%rd8,%rd32;
ld.global.nc.u32 %r86, [%rd30];
add.s64 %rd31,%rd30,4;
ld.global.nc.u32 %r87, [%rd31];
shf.r.wrap.b32 %r88,%r86,%r87,%r9;
add.s64 %rd34,%rd28,%rd32;
st.shared.u32 [%rd34],%r88;
add.s32 %r290,%r71,513;
setp.eq.s32 %p9,%r11,2;
@%p9 bra $L__BB0_8;
add.s32 %r101,%r71,513;
mul.wide.u32 %rd37,%r101,4;
add.s64 %rd35,%rd8,%rd37;
ld.global.nc.u32 %r94, [%rd35];
add.s64 %rd36,%rd35,4;
ld.global.nc.u32 %r95, [%rd36];
shf.r.wrap.b32 %r96,%r94,%r95,%r9;
add.s64 %rd39,%rd28,%rd37;
st.shared.u32 [%rd39],%r96;
add.s32 %r290,%r71,769;
$L__BB0_8:
setp.lt.u32 %p10,%r10,768;
@%p10 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd48,%r290,4;
add.s64 %rd40,%rd8,%rd48;
ld.global.nc.u32 %r102, [%rd40];
add.s64 %rd41,%rd40,4;
ld.global.nc.u32 %r103, [%rd41];
shf.r.wrap.b32 %r104,%r102,%r103,%r9;
mov.u64 %rd49, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q4_kEEEvPKhyPhjE4tile;
add.s64 %rd50,%rd49,%rd48;
st.shared.u32 [%rd50],%r104;
add.s32 %r126,%r290,256;
mul.wide.u32 %rd51,%r126,4;
add.s64 %rd42,%rd8,%rd51;
ld.global.nc.u32 %r108, [%rd42];
add.s64 %rd43,%rd42,4;
ld.global.nc.u32 %r109, [%rd43];
shf.r.wrap.b32 %r110,%r108,%r109,%r9;
add.s64 %rd52,%rd49,%rd51;
st.shared.u32 [%rd52],%r110;
add.s32 %r127,%r290,512;
mul.wide.u32 %rd53,%r127,4;
add.s64 %rd44,%rd8,%rd53;
ld.global.nc.u32 %r114, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r115, [%rd45];
shf.r.wrap.b32 %r116,%r114,%r115,%r9;
add.s64 %rd54,%rd49,%rd53;
st.shared.u32 [%rd54],%r116;
add.s32 %r128,%r290,768;
mul.wide.u32 %rd55,%r128,4;
add.s64 %rd46,%rd8,%rd55;
ld.global.nc.u32 %r120, [%rd46];
add.s64 %rd47,%rd46,4;
ld.global.nc.u32 %r121, [%rd47];
shf.r.wrap.b32 %r122,%r120,%r121,%r9;
add.s64 %rd56,%rd49,%rd55;
st.shared.u32 [%rd56],%r122;
add.s32 %r290,%r290,1024;
setp.lt.u32 %p11,%r290,%r8;
@%p11 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p12,%r1,15;
@%p12 bra $L__BB0_24;
setp.lt.u32 %p13,%r71,4;
shl.b32 %r130,%r8,2;
add.s32 %r131,%r71,%r130;
add.s32 %r132,%r131, -4;
selp.b32 %r19,%r71,%r132,%p13;
setp.ge.u32 %p14,%r19,%r6;
@%p14 bra $L__BB0_24;
cvt.u64.u32 %rd57,%r19;
add.s64 %rd58,%rd6,%rd57;
cvta.to.global.u64 %rd59,%rd14;
add.s64 %rd60,%rd59,%rd58;
ld.global.u8 %rs1, [%rd60];
mov.u64 %rd61, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q4_kEEEvPKhyPhjE4tile;
add.s64 %rd62,%rd61,%rd57;
st.shared.u8 [%rd62],%rs1;
bra.uni $L__BB0_24;
$L__BB0_14:
shr.u32 %r20,%r5,12;
setp.ge.u32 %p15,%r1,%r20;
@%p15 bra $L__BB0_16;
mov.u32 %r138,%tid.x;
mul.wide.u32 %rd64,%r138,16;
add.s64 %rd63,%rd7,%rd64;
ld.global.nc.v4.u32 {%r295,%r294,%r293,%r292}, [%rd63];
$L__BB0_16:
mov.u32 %r140,%tid.x;
add.s32 %r141,%r140,256;
setp.ge.u32 %p16,%r141,%r20;
@%p16 bra $L__BB0_18;
mul.wide.u32 %rd66,%r140,16;
add.s64 %rd67,%rd7,%rd66;
add.s64 %rd65,%rd67,4096;
ld.global.nc.v4.u32 {%r299,%r298,%r297,%r296}, [%rd65];
$L__BB0_18:
@%p15 bra $L__BB0_20;
mul.wide.u32 %rd68,%r140,16;
mov.u64 %rd69, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q4_kEEEvPKhyPhjE4tile;
add.s64 %rd70,%rd69,%rd68;
st.shared.v4.u32 [%rd70], {%r295,%r294,%r293,%r292};
$L__BB0_20:
@%p16 bra $L__BB0_22;
mul.wide.u32 %rd71,%r141,16;
mov.u64 %rd72, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q4_kEEEvPKhyPhjE4tile;
add.s64 %rd73,%rd72,%rd71;
st.shared.v4.u32 [%rd73], {%r299,%r298,%r297,%r296};
$L__BB0_22:
and.b32 %r152,%r6,15;
setp.ge.u32 %p19,%r1,%r152;
@%p19 bra $L__BB0_24;
and.b32 %r153,%r6,16368;
add.s32 %r154,%r153,%r1;
cvt.u64.u32 %rd74,%r154;
add.s64 %rd75,%rd6,%rd74;
cvta.to.global.u64 %rd76,%rd14;
add.s64 %rd77,%rd76,%rd75;
ld.global.u8 %rs2, [%rd77];
mov.u64 %rd78, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q4_kEEEvPKhyPhjE4tile;
add.s64 %rd79,%rd78,%rd74;
st.shared.u8 [%rd79],%rs2;
$L__BB0_24:
and.b64 %rd80,%rd16,15;
setp.eq.s64 %p20,%rd80,0;
bar.sync 0;
setp.eq.s32 %p21,%r4,8192;
and.pred %p1,%p20,%p21;
setp.ge.u32 %p22,%r2,%r4;
@%p22 bra $L__BB0_67;
cvta.to.global.u64 %rd81,%rd16;
setp.eq.s32 %p23,%r62,0;
selp.b64 %rd82,4,2,%p23;
mul.lo.s64 %rd83,%rd5,%rd82;
add.s64 %rd9,%rd81,%rd83;
mov.u32 %r300,%r2;
mov.u32 %r301,%r1;
$L__BB0_26:
.pragma "nounroll";
shr.u32 %r155,%r301,5;
mul.lo.s32 %r156,%r155,144;
cvt.u64.u32 %rd84,%r156;
mov.u64 %rd85, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q4_kEEEvPKhyPhjE4tile;
add.s64 %rd86,%rd85,%rd84;
and.b32 %r157,%r301,31;
shl.b32 %r158,%r301,2;
and.b32 %r159,%r158,96;
shl.b32 %r160,%r301,3;
and.b32 %r161,%r160,24;
or.b32 %r162,%r161,%r159;
add.s32 %r163,%r162,16;
cvt.u64.u32 %rd87,%r163;
add.s64 %rd88,%rd86,%rd87;
ld.shared.v2.u32 {%r164,%r165}, [%rd88];
and.b32 %r168,%r301,4;
ld.shared.v4.u32 {%r169,%r170,%r171,%r172}, [%rd86];
shl.b32 %r177,%r301,1;
and.b32 %r178,%r177,24;
shr.u32 %r179,%r170,%r178;
shr.u32 %r180,%r171,%r178;
shr.u32 %r181,%r172,%r178;
setp.lt.u32 %p24,%r157,16;
and.b32 %r182,%r179,63;
and.b32 %r183,%r181,15;
shr.u32 %r184,%r179,2;
and.b32 %r185,%r184,48;
or.b32 %r186,%r185,%r183;
selp.b32 %r187,%r182,%r186,%p24;
and.b32 %r188,%r180,63;
shr.u32 %r189,%r181,4;
and.b32 %r190,%r189,15;
shr.u32 %r191,%r180,2;
and.b32 %r192,%r191,48;
or.b32 %r193,%r190,%r192;
selp.b32 %r194,%r188,%r193,%p24;
cvt.u16.u32 %rs3,%r169;
cvt.f32.f16 %f9,%rs3;
cvt.rn.f32.s32 %f12,%r187;
mul.rn.f32 %f10,%f9,%f12;
shr.u32 %r195,%r169,16;
cvt.u16.u32 %rs4,%r195;
cvt.f32.f16 %f13,%rs4;
cvt.rn.f32.s32 %f16,%r194;
mul.rn.f32 %f14,%f13,%f16;
shr.u32 %r196,%r164,%r168;
and.b32 %r197,%r196,252645135;
mov.u32 %r198,30288;
mov.u32 %r199,1258291200;
prmt.b32 %r200,%r197,%r199,%r198;
mov.b32 %f18,%r200;
mov.f32 %f82,0f4B000000;
sub.rn.f32 %f17,%f18,%f82;
mul.rn.f32 %f20,%f17,%f10;
sub.rn.f32 %f23,%f20,%f14;
mov.b32 %r39,%f23;
mov.u32 %r201,30289;
prmt.b32 %r202,%r197,%r199,%r201;
mov.b32 %f27,%r202;
sub.rn.f32 %f26,%f27,%f82;
mul.rn.f32 %f29,%f26,%f10;
sub.rn.f32 %f32,%f29,%f14;
mov.b32 %r40,%f32;
mov.u32 %r203,30290;
prmt.b32 %r204,%r197,%r199,%r203;
mov.b32 %f36,%r204;
sub.rn.f32 %f35,%f36,%f82;
mul.rn.f32 %f38,%f35,%f10;
sub.rn.f32 %f41,%f38,%f14;
mov.b32 %r41,%f41;
mov.u32 %r205,30291;
prmt.b32 %r206,%r197,%r199,%r205;
mov.b32 %f45,%r206;
sub.rn.f32 %f44,%f45,%f82;
mul.rn.f32 %f47,%f44,%f10;
sub.rn.f32 %f50,%f47,%f14;
mov.b32 %r42,%f50;
shr.u32 %r207,%r165,%r168;
and.b32 %r208,%r207,252645135;
prmt.b32 %r209,%r208,%r199,%r198;
mov.b32 %f54,%r209;
sub.rn.f32 %f53,%f54,%f82;
mul.rn.f32 %f56,%f53,%f10;
sub.rn.f32 %f59,%f56,%f14;
mov.b32 %r43,%f59;
prmt.b32 %r210,%r208,%r199,%r201;
mov.b32 %f63,%r210;
sub.rn.f32 %f62,%f63,%f82;
mul.rn.f32 %f65,%f62,%f10;
sub.rn.f32 %f68,%f65,%f14;
mov.b32 %r44,%f68;
prmt.b32 %r211,%r208,%r199,%r203;
mov.b32 %f72,%r211;
sub.rn.f32 %f71,%f72,%f82;
mul.rn.f32 %f74,%f71,%f10;
sub.rn.f32 %f77,%f74,%f14;
mov.b32 %r45,%f77;
prmt.b32 %r212,%r208,%r199,%r205;
mov.b32 %f81,%r212;
sub.rn.f32 %f80,%f81,%f82;
mul.rn.f32 %f83,%f80,%f10;
sub.rn.f32 %f86,%f83,%f14;
mov.b32 %r46,%f86;
sub.s32 %r47,%r4,%r300;
@%p23 bra $L__BB0_29;
setp.ne.s32 %p26,%r62,1;
@%p26 bra $L__BB0_47;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f23;
cvt.rn.f16.f32 upper,%f32;
mov.b32 %r302, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f41;
cvt.rn.f16.f32 upper,%f50;
mov.b32 %r303, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f59;
cvt.rn.f16.f32 upper,%f68;
mov.b32 %r304, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f77;
cvt.rn.f16.f32 upper,%f86;
mov.b32 %r305, {lower, upper};
}
bra.uni $L__BB0_48;
$L__BB0_29:
cvt.u64.u32 %rd10,%r300;
@%p1 bra $L__BB0_46;
bra.uni $L__BB0_30;
$L__BB0_46:
setp.ne.s32 %p35,%r3,0;
selp.b32 %r217,%r39,%r43,%p35;
mov.u32 %r218,31;
mov.u32 %r219,1;
mov.u32 %r220, -1;
shfl.sync.bfly.b32 %r221|%p36,%r217,%r219,%r218,%r220;
mov.b32 %f97,%r221;
selp.b32 %r222,%r40,%r44,%p35;
shfl.sync.bfly.b32 %r223|%p37,%r222,%r219,%r218,%r220;
mov.b32 %f98,%r223;
selp.b32 %r224,%r41,%r45,%p35;
shfl.sync.bfly.b32 %r225|%p38,%r224,%r219,%r218,%r220;
mov.b32 %f99,%r225;
selp.b32 %r226,%r42,%r46,%p35;
shfl.sync.bfly.b32 %r227|%p39,%r226,%r219,%r218,%r220;
mov.b32 %f100,%r227;
add.s64 %rd90,%rd10,%rd3;
shl.b64 %rd91,%rd90,2;
add.s64 %rd92,%rd9,%rd91;
selp.f32 %f101,%f97,%f23,%p35;
selp.f32 %f102,%f98,%f32,%p35;
selp.f32 %f103,%f99,%f41,%p35;
selp.f32 %f104,%f100,%f50,%p35;
st.global.v4.f32 [%rd92], {%f101,%f102,%f103,%f104};
selp.f32 %f105,%f59,%f97,%p35;
selp.f32 %f106,%f68,%f98,%p35;
selp.f32 %f107,%f77,%f99,%p35;
selp.f32 %f108,%f86,%f100,%p35;
st.global.v4.f32 [%rd92+32], {%f105,%f106,%f107,%f108};
bra.uni $L__BB0_66;
$L__BB0_47:
and.b32 %r228,%r39,2147483647;
setp.gt.u32 %p40,%r228,2139095040;
shr.u32 %r229,%r39,16;
and.b32 %r230,%r229,1;
add.s32 %r231,%r39,%r230;
add.s32 %r232,%r231,32767;
or.b32 %r233,%r39,4194304;
selp.b32 %r234,%r233,%r232,%p40;
and.b32 %r235,%r40,2147483647;
setp.gt.u32 %p41,%r235,2139095040;
shr.u32 %r236,%r40,16;
and.b32 %r237,%r236,1;
add.s32 %r238,%r40,%r237;
add.s32 %r239,%r238,32767;
or.b32 %r240,%r40,4194304;
selp.b32 %r241,%r240,%r239,%p41;
mov.u32 %r242,30258;
prmt.b32 %r302,%r234,%r241,%r242;
and.b32 %r243,%r41,2147483647;
setp.gt.u32 %p42,%r243,2139095040;
shr.u32 %r244,%r41,16;
and.b32 %r245,%r244,1;
add.s32 %r246,%r41,%r245;
add.s32 %r247,%r246,32767;
or.b32 %r248,%r41,4194304;
selp.b32 %r249,%r248,%r247,%p42;
and.b32 %r250,%r42,2147483647;
setp.gt.u32 %p43,%r250,2139095040;
shr.u32 %r251,%r42,16;
and.b32 %r252,%r251,1;
add.s32 %r253,%r42,%r252;
add.s32 %r254,%r253,32767;
or.b32 %r255,%r42,4194304;
selp.b32 %r256,%r255,%r254,%p43;
prmt.b32 %r303,%r249,%r256,%r242;
and.b32 %r257,%r43,2147483647;
setp.gt.u32 %p44,%r257,2139095040;
shr.u32 %r258,%r43,16;
and.b32 %r259,%r258,1;
add.s32 %r260,%r43,%r259;
add.s32 %r261,%r260,32767;
or.b32 %r262,%r43,4194304;
selp.b32 %r263,%r262,%r261,%p44;
and.b32 %r264,%r44,2147483647;
setp.gt.u32 %p45,%r264,2139095040;
shr.u32 %r265,%r44,16;
and.b32 %r266,%r265,1;
add.s32 %r267,%r44,%r266;
add.s32 %r268,%r267,32767;
or.b32 %r269,%r44,4194304;
selp.b32 %r270,%r269,%r268,%p45;
prmt.b32 %r304,%r263,%r270,%r242;
and.b32 %r271,%r45,2147483647;
setp.gt.u32 %p46,%r271,2139095040;
shr.u32 %r272,%r45,16;
and.b32 %r273,%r272,1;
add.s32 %r274,%r45,%r273;
add.s32 %r275,%r274,32767;
or.b32 %r276,%r45,4194304;
selp.b32 %r277,%r276,%r275,%p46;
and.b32 %r278,%r46,2147483647;
setp.gt.u32 %p47,%r278,2139095040;
shr.u32 %r279,%r46,16;
and.b32 %r280,%r279,1;
add.s32 %r281,%r46,%r280;
add.s32 %r282,%r281,32767;
or.b32 %r283,%r46,4194304;
selp.b32 %r284,%r283,%r282,%p47;
prmt.b32 %r305,%r277,%r284,%r242;
$L__BB0_48:
mul.wide.u32 %rd93,%r300,2;
add.s64 %rd12,%rd9,%rd93;
@%p1 bra $L__BB0_65;
bra.uni $L__BB0_49;
$L__BB0_65:
st.global.v4.u32 [%rd12], {%r302,%r303,%r304,%r305};
bra.uni $L__BB0_66;
$L__BB0_49:
setp.eq.s32 %p48,%r47,0;
@%p48 bra $L__BB0_51;
st.global.u16 [%rd12],%r302;
$L__BB0_51:
setp.lt.u32 %p49,%r47,2;
@%p49 bra $L__BB0_53;
shr.u32 %r285,%r302,16;
st.global.u16 [%rd12+2],%r285;
$L__BB0_53:
setp.lt.u32 %p50,%r47,3;
@%p50 bra $L__BB0_55;
st.global.u16 [%rd12+4],%r303;
$L__BB0_55:
setp.lt.u32 %p51,%r47,4;
@%p51 bra $L__BB0_57;
shr.u32 %r286,%r303,16;
st.global.u16 [%rd12+6],%r286;
$L__BB0_57:
setp.lt.u32 %p52,%r47,5;
@%p52 bra $L__BB0_59;
st.global.u16 [%rd12+8],%r304;
$L__BB0_59:
setp.lt.u32 %p53,%r47,6;
@%p53 bra $L__BB0_61;
shr.u32 %r287,%r304,16;
st.global.u16 [%rd12+10],%r287;
$L__BB0_61:
setp.lt.u32 %p54,%r47,7;
@%p54 bra $L__BB0_63;
st.global.u16 [%rd12+12],%r305;
$L__BB0_63:
setp.lt.u32 %p55,%r47,8;
@%p55 bra $L__BB0_66;
shr.u32 %r288,%r305,16;
st.global.u16 [%rd12+14],%r288;
bra.uni $L__BB0_66;
$L__BB0_30:
setp.eq.s32 %p27,%r47,0;
shl.b64 %rd89,%rd10,2;
add.s64 %rd11,%rd9,%rd89;
@%p27 bra $L__BB0_32;
st.global.f32 [%rd11],%f23;
$L__BB0_32:
setp.lt.u32 %p28,%r47,2;
@%p28 bra $L__BB0_34;
st.global.f32 [%rd11+4],%f32;
$L__BB0_34:
setp.lt.u32 %p29,%r47,3;
@%p29 bra $L__BB0_36;
st.global.f32 [%rd11+8],%f41;
$L__BB0_36:
setp.lt.u32 %p30,%r47,4;
@%p30 bra $L__BB0_38;
st.global.f32 [%rd11+12],%f50;
$L__BB0_38:
setp.lt.u32 %p31,%r47,5;
@%p31 bra $L__BB0_40;
st.global.f32 [%rd11+16],%f59;
$L__BB0_40:
setp.lt.u32 %p32,%r47,6;
@%p32 bra $L__BB0_42;
st.global.f32 [%rd11+20],%f68;
$L__BB0_42:
setp.lt.u32 %p33,%r47,7;
@%p33 bra $L__BB0_44;
st.global.f32 [%rd11+24],%f77;
$L__BB0_44:
setp.lt.u32 %p34,%r47,8;
@%p34 bra $L__BB0_66;
st.global.f32 [%rd11+28],%f86;
$L__BB0_66:
add.s32 %r301,%r301,256;
shl.b32 %r300,%r301,3;
setp.lt.u32 %p56,%r300,%r4;
@%p56 bra $L__BB0_26;
$L__BB0_67:
bar.sync 0;
mov.u32 %r289,%nctaid.x;
cvt.u64.u32 %rd94,%r289;
add.s64 %rd95,%rd95,%rd94;
setp.lt.u64 %p57,%rd95,%rd1;
@%p57 bra $L__BB0_2;
$L__BB0_68:
ret;
}
)ptx"},
{tensor_type::q5_k, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_q5_k(
.param .u64 cria_dequantize_q5_k_param_0,
.param .u64 cria_dequantize_q5_k_param_1,
.param .u64 cria_dequantize_q5_k_param_2,
.param .u32 cria_dequantize_q5_k_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<58>;
.reg .b16 %rs<5>;
.reg .f32 %f<109>;
.reg .b32 %r<322>;
.reg .b64 %rd<98>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q5_kEEEvPKhyPhjE4tile[5648];
ld.param.u64 %rd14, [cria_dequantize_q5_k_param_0];
ld.param.u64 %rd15, [cria_dequantize_q5_k_param_1];
ld.param.u64 %rd16, [cria_dequantize_q5_k_param_2];
ld.param.u32 %r63, [cria_dequantize_q5_k_param_3];
shr.u64 %rd17,%rd15,13;
and.b64 %rd18,%rd15,8191;
setp.ne.s64 %p2,%rd18,0;
selp.u64 %rd19,1,0,%p2;
add.s64 %rd1,%rd17,%rd19;
mov.u32 %r64,%ctaid.x;
cvt.u64.u32 %rd97,%r64;
setp.le.u64 %p3,%rd1,%rd97;
@%p3 bra $L__BB0_68;
mov.u32 %r1,%tid.x;
and.b32 %r2,%r1,1;
shl.b32 %r65,%r1,2;
and.b32 %r66,%r65,4;
neg.s32 %r67,%r66;
cvt.s64.s32 %rd3,%r67;
$L__BB0_2:
shl.b64 %rd5,%rd97,13;
sub.s64 %rd20,%rd15,%rd5;
min.u64 %rd21,%rd20,8192;
cvt.u32.u64 %r3,%rd21;
mul.lo.s64 %rd6,%rd97,5632;
add.s64 %rd7,%rd14,%rd6;
mul.lo.s32 %r4,%r3,176;
shr.u32 %r5,%r4,8;
and.b64 %rd22,%rd7,15;
setp.eq.s64 %p4,%rd22,0;
@%p4 bra $L__BB0_14;
cvt.u32.u64 %r68,%rd7;
and.b32 %r6,%r68,3;
add.s32 %r69,%r5,%r6;
setp.lt.u32 %p5,%r69,8;
add.s32 %r70,%r69, -4;
shr.u32 %r71,%r70,2;
selp.b32 %r7,1,%r71,%p5;
mov.u32 %r72,%tid.x;
add.s32 %r306,%r72,1;
setp.ge.u32 %p6,%r306,%r7;
@%p6 bra $L__BB0_11;
cvt.u64.u32 %rd23,%r6;
sub.s64 %rd24,%rd6,%rd23;
add.s64 %rd8,%rd14,%rd24;
shl.b32 %r8,%r6,3;
mov.u32 %r75, -2;
sub.s32 %r76,%r75,%r72;
add.s32 %r9,%r76,%r7;
shr.u32 %r77,%r9,8;
add.s32 %r78,%r77,1;
and.b32 %r10,%r78,3;
setp.eq.s32 %p7,%r10,0;
@%p7 bra $L__BB0_8;
add.s32 %r86,%r72,1;
mul.wide.u32 %rd27,%r86,4;
add.s64 %rd25,%rd8,%rd27;
ld.global.nc.u32 %r79, [%rd25];
add.s64 %rd26,%rd25,4;
ld.global.nc.u32 %r80, [%rd26];
shf.r.wrap.b32 %r81,%r79,%r80,%r8;
mov.u64 %rd28, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q5_kEEEvPKhyPhjE4tile;
add.s64 %rd29,%rd28,%rd27;
st.shared.u32 [%rd29],%r81;
add.s32 %r306,%r72,257;
setp.eq.s32 %p8,%r10,1;
@%p8 bra $L__BB0_8;
add.s32 %r94,%r72,257;
mul.wide.u32 %rd32,%r94,4;
add.s64 %rd30,%rd8,%rd32;
ld.global.nc.u32 %r87, [%rd30];
add.s64 %rd31,%rd30,4;
ld.global.nc.u32 %r88, [%rd31];
shf.r.wrap.b32 %r89,%r87,%r88,%r8;
add.s64 %rd34,%rd28,%rd32;
st.shared.u32 [%rd34],%r89;
add.s32 %r306,%r72,513;
setp.eq.s32 %p9,%r10,2;
@%p9 bra $L__BB0_8;
add.s32 %r102,%r72,513;
mul.wide.u32 %rd37,%r102,4;
add.s64 %rd35,%rd8,%rd37;
ld.global.nc.u32 %r95, [%rd35];
add.s64 %rd36,%rd35,4;
ld.global.nc.u32 %r96, [%rd36];
shf.r.wrap.b32 %r97,%r95,%r96,%r8;
add.s64 %rd39,%rd28,%rd37;
st.shared.u32 [%rd39],%r97;
add.s32 %r306,%r72,769;
$L__BB0_8:
setp.lt.u32 %p10,%r9,768;
@%p10 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd48,%r306,4;
add.s64 %rd40,%rd8,%rd48;
ld.global.nc.u32 %r103, [%rd40];
add.s64 %rd41,%rd40,4;
ld.global.nc.u32 %r104, [%rd41];
shf.r.wrap.b32 %r105,%r103,%r104,%r8;
mov.u64 %rd49, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q5_kEEEvPKhyPhjE4tile;
add.s64 %rd50,%rd49,%rd48;
st.shared.u32 [%rd50],%r105;
add.s32 %r127,%r306,256;
mul.wide.u32 %rd51,%r127,4;
add.s64 %rd42,%rd8,%rd51;
ld.global.nc.u32 %r109, [%rd42];
add.s64 %rd43,%rd42,4;
ld.global.nc.u32 %r110, [%rd43];
shf.r.wrap.b32 %r111,%r109,%r110,%r8;
add.s64 %rd52,%rd49,%rd51;
st.shared.u32 [%rd52],%r111;
add.s32 %r128,%r306,512;
mul.wide.u32 %rd53,%r128,4;
add.s64 %rd44,%rd8,%rd53;
ld.global.nc.u32 %r115, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r116, [%rd45];
shf.r.wrap.b32 %r117,%r115,%r116,%r8;
add.s64 %rd54,%rd49,%rd53;
st.shared.u32 [%rd54],%r117;
add.s32 %r129,%r306,768;
mul.wide.u32 %rd55,%r129,4;
add.s64 %rd46,%rd8,%rd55;
ld.global.nc.u32 %r121, [%rd46];
add.s64 %rd47,%rd46,4;
ld.global.nc.u32 %r122, [%rd47];
shf.r.wrap.b32 %r123,%r121,%r122,%r8;
add.s64 %rd56,%rd49,%rd55;
st.shared.u32 [%rd56],%r123;
add.s32 %r306,%r306,1024;
setp.lt.u32 %p11,%r306,%r7;
@%p11 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p12,%r1,15;
@%p12 bra $L__BB0_24;
setp.lt.u32 %p13,%r72,4;
shl.b32 %r131,%r7,2;
add.s32 %r132,%r72,%r131;
add.s32 %r133,%r132, -4;
selp.b32 %r18,%r72,%r133,%p13;
setp.ge.u32 %p14,%r18,%r5;
@%p14 bra $L__BB0_24;
cvt.u64.u32 %rd57,%r18;
add.s64 %rd58,%rd6,%rd57;
cvta.to.global.u64 %rd59,%rd14;
add.s64 %rd60,%rd59,%rd58;
ld.global.u8 %rs1, [%rd60];
mov.u64 %rd61, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q5_kEEEvPKhyPhjE4tile;
add.s64 %rd62,%rd61,%rd57;
st.shared.u8 [%rd62],%rs1;
bra.uni $L__BB0_24;
$L__BB0_14:
shr.u32 %r19,%r4,12;
setp.ge.u32 %p15,%r1,%r19;
@%p15 bra $L__BB0_16;
mov.u32 %r139,%tid.x;
mul.wide.u32 %rd64,%r139,16;
add.s64 %rd63,%rd7,%rd64;
ld.global.nc.v4.u32 {%r311,%r310,%r309,%r308}, [%rd63];
$L__BB0_16:
mov.u32 %r141,%tid.x;
add.s32 %r142,%r141,256;
setp.ge.u32 %p16,%r142,%r19;
@%p16 bra $L__BB0_18;
mul.wide.u32 %rd66,%r141,16;
add.s64 %rd67,%rd7,%rd66;
add.s64 %rd65,%rd67,4096;
ld.global.nc.v4.u32 {%r315,%r314,%r313,%r312}, [%rd65];
$L__BB0_18:
@%p15 bra $L__BB0_20;
mul.wide.u32 %rd68,%r141,16;
mov.u64 %rd69, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q5_kEEEvPKhyPhjE4tile;
add.s64 %rd70,%rd69,%rd68;
st.shared.v4.u32 [%rd70], {%r311,%r310,%r309,%r308};
$L__BB0_20:
@%p16 bra $L__BB0_22;
mul.wide.u32 %rd71,%r142,16;
mov.u64 %rd72, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q5_kEEEvPKhyPhjE4tile;
add.s64 %rd73,%rd72,%rd71;
st.shared.v4.u32 [%rd73], {%r315,%r314,%r313,%r312};
$L__BB0_22:
and.b32 %r153,%r5,15;
setp.ge.u32 %p19,%r1,%r153;
@%p19 bra $L__BB0_24;
and.b32 %r154,%r5,16368;
add.s32 %r155,%r154,%r1;
cvt.u64.u32 %rd74,%r155;
add.s64 %rd75,%rd6,%rd74;
cvta.to.global.u64 %rd76,%rd14;
add.s64 %rd77,%rd76,%rd75;
ld.global.u8 %rs2, [%rd77];
mov.u64 %rd78, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q5_kEEEvPKhyPhjE4tile;
add.s64 %rd79,%rd78,%rd74;
st.shared.u8 [%rd79],%rs2;
$L__BB0_24:
and.b64 %rd80,%rd16,15;
setp.eq.s64 %p20,%rd80,0;
bar.sync 0;
setp.eq.s32 %p21,%r3,8192;
and.pred %p1,%p20,%p21;
shl.b32 %r316,%r1,3;
setp.ge.u32 %p22,%r316,%r3;
@%p22 bra $L__BB0_67;
cvta.to.global.u64 %rd81,%rd16;
setp.eq.s32 %p23,%r63,0;
selp.b64 %rd82,4,2,%p23;
mul.lo.s64 %rd83,%rd5,%rd82;
add.s64 %rd9,%rd81,%rd83;
mov.u32 %r317,%r1;
$L__BB0_26:
.pragma "nounroll";
shr.u32 %r158,%r317,5;
mul.lo.s32 %r159,%r158,176;
cvt.u64.u32 %rd84,%r159;
mov.u64 %rd85, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q5_kEEEvPKhyPhjE4tile;
add.s64 %rd86,%rd85,%rd84;
and.b32 %r160,%r317,31;
shl.b32 %r161,%r317,2;
and.b32 %r162,%r161,96;
shl.b32 %r163,%r317,3;
and.b32 %r164,%r163,24;
or.b32 %r165,%r164,%r162;
add.s32 %r166,%r165,48;
cvt.u64.u32 %rd87,%r166;
add.s64 %rd88,%rd86,%rd87;
ld.shared.v2.u32 {%r167,%r168}, [%rd88];
and.b32 %r171,%r317,4;
shr.u32 %r172,%r167,%r171;
and.b32 %r173,%r172,252645135;
shr.u32 %r174,%r168,%r171;
and.b32 %r175,%r174,252645135;
cvt.u64.u32 %rd89,%r164;
add.s64 %rd90,%rd86,%rd89;
ld.shared.v2.u32 {%r176,%r177}, [%rd90+16];
shr.u32 %r180,%r160,2;
shr.u32 %r181,%r176,%r180;
shr.u32 %r182,%r177,%r180;
ld.shared.v4.u32 {%r183,%r184,%r185,%r186}, [%rd86];
shl.b32 %r191,%r317,1;
and.b32 %r192,%r191,24;
shr.u32 %r193,%r184,%r192;
shr.u32 %r194,%r185,%r192;
shr.u32 %r195,%r186,%r192;
setp.lt.u32 %p24,%r160,16;
and.b32 %r196,%r193,63;
and.b32 %r197,%r195,15;
shr.u32 %r198,%r193,2;
and.b32 %r199,%r198,48;
or.b32 %r200,%r199,%r197;
selp.b32 %r201,%r196,%r200,%p24;
and.b32 %r202,%r194,63;
shr.u32 %r203,%r195,4;
and.b32 %r204,%r203,15;
shr.u32 %r205,%r194,2;
and.b32 %r206,%r205,48;
or.b32 %r207,%r204,%r206;
selp.b32 %r208,%r202,%r207,%p24;
cvt.u16.u32 %rs3,%r183;
cvt.f32.f16 %f9,%rs3;
cvt.rn.f32.s32 %f12,%r201;
mul.rn.f32 %f10,%f9,%f12;
shr.u32 %r209,%r183,16;
cvt.u16.u32 %rs4,%r209;
cvt.f32.f16 %f13,%rs4;
cvt.rn.f32.s32 %f16,%r208;
mul.rn.f32 %f14,%f13,%f16;
shl.b32 %r210,%r181,4;
and.b32 %r211,%r210,269488144;
or.b32 %r212,%r211,%r173;
shl.b32 %r213,%r182,4;
and.b32 %r214,%r213,269488144;
or.b32 %r215,%r214,%r175;
mov.u32 %r216,30288;
mov.u32 %r217,1258291200;
prmt.b32 %r218,%r212,%r217,%r216;
mov.b32 %f18,%r218;
mov.f32 %f82,0f4B000000;
sub.rn.f32 %f17,%f18,%f82;
mul.rn.f32 %f20,%f17,%f10;
sub.rn.f32 %f23,%f20,%f14;
mov.b32 %r40,%f23;
mov.u32 %r219,30289;
prmt.b32 %r220,%r212,%r217,%r219;
mov.b32 %f27,%r220;
sub.rn.f32 %f26,%f27,%f82;
mul.rn.f32 %f29,%f26,%f10;
sub.rn.f32 %f32,%f29,%f14;
mov.b32 %r41,%f32;
mov.u32 %r221,30290;
prmt.b32 %r222,%r212,%r217,%r221;
mov.b32 %f36,%r222;
sub.rn.f32 %f35,%f36,%f82;
mul.rn.f32 %f38,%f35,%f10;
sub.rn.f32 %f41,%f38,%f14;
mov.b32 %r42,%f41;
mov.u32 %r223,30291;
prmt.b32 %r224,%r212,%r217,%r223;
mov.b32 %f45,%r224;
sub.rn.f32 %f44,%f45,%f82;
mul.rn.f32 %f47,%f44,%f10;
sub.rn.f32 %f50,%f47,%f14;
mov.b32 %r43,%f50;
prmt.b32 %r225,%r215,%r217,%r216;
mov.b32 %f54,%r225;
sub.rn.f32 %f53,%f54,%f82;
mul.rn.f32 %f56,%f53,%f10;
sub.rn.f32 %f59,%f56,%f14;
mov.b32 %r44,%f59;
prmt.b32 %r226,%r215,%r217,%r219;
mov.b32 %f63,%r226;
sub.rn.f32 %f62,%f63,%f82;
mul.rn.f32 %f65,%f62,%f10;
sub.rn.f32 %f68,%f65,%f14;
mov.b32 %r45,%f68;
prmt.b32 %r227,%r215,%r217,%r221;
mov.b32 %f72,%r227;
sub.rn.f32 %f71,%f72,%f82;
mul.rn.f32 %f74,%f71,%f10;
sub.rn.f32 %f77,%f74,%f14;
mov.b32 %r46,%f77;
prmt.b32 %r228,%r215,%r217,%r223;
mov.b32 %f81,%r228;
sub.rn.f32 %f80,%f81,%f82;
mul.rn.f32 %f83,%f80,%f10;
sub.rn.f32 %f86,%f83,%f14;
mov.b32 %r47,%f86;
sub.s32 %r48,%r3,%r316;
@%p23 bra $L__BB0_29;
setp.ne.s32 %p26,%r63,1;
@%p26 bra $L__BB0_47;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f23;
cvt.rn.f16.f32 upper,%f32;
mov.b32 %r318, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f41;
cvt.rn.f16.f32 upper,%f50;
mov.b32 %r319, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f59;
cvt.rn.f16.f32 upper,%f68;
mov.b32 %r320, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f77;
cvt.rn.f16.f32 upper,%f86;
mov.b32 %r321, {lower, upper};
}
bra.uni $L__BB0_48;
$L__BB0_29:
cvt.u64.u32 %rd10,%r316;
@%p1 bra $L__BB0_46;
bra.uni $L__BB0_30;
$L__BB0_46:
setp.ne.s32 %p35,%r2,0;
selp.b32 %r233,%r40,%r44,%p35;
mov.u32 %r234,31;
mov.u32 %r235,1;
mov.u32 %r236, -1;
shfl.sync.bfly.b32 %r237|%p36,%r233,%r235,%r234,%r236;
mov.b32 %f97,%r237;
selp.b32 %r238,%r41,%r45,%p35;
shfl.sync.bfly.b32 %r239|%p37,%r238,%r235,%r234,%r236;
mov.b32 %f98,%r239;
selp.b32 %r240,%r42,%r46,%p35;
shfl.sync.bfly.b32 %r241|%p38,%r240,%r235,%r234,%r236;
mov.b32 %f99,%r241;
selp.b32 %r242,%r43,%r47,%p35;
shfl.sync.bfly.b32 %r243|%p39,%r242,%r235,%r234,%r236;
mov.b32 %f100,%r243;
add.s64 %rd92,%rd10,%rd3;
shl.b64 %rd93,%rd92,2;
add.s64 %rd94,%rd9,%rd93;
selp.f32 %f101,%f97,%f23,%p35;
selp.f32 %f102,%f98,%f32,%p35;
selp.f32 %f103,%f99,%f41,%p35;
selp.f32 %f104,%f100,%f50,%p35;
st.global.v4.f32 [%rd94], {%f101,%f102,%f103,%f104};
selp.f32 %f105,%f59,%f97,%p35;
selp.f32 %f106,%f68,%f98,%p35;
selp.f32 %f107,%f77,%f99,%p35;
selp.f32 %f108,%f86,%f100,%p35;
st.global.v4.f32 [%rd94+32], {%f105,%f106,%f107,%f108};
bra.uni $L__BB0_66;
$L__BB0_47:
and.b32 %r244,%r40,2147483647;
setp.gt.u32 %p40,%r244,2139095040;
shr.u32 %r245,%r40,16;
and.b32 %r246,%r245,1;
add.s32 %r247,%r40,%r246;
add.s32 %r248,%r247,32767;
or.b32 %r249,%r40,4194304;
selp.b32 %r250,%r249,%r248,%p40;
and.b32 %r251,%r41,2147483647;
setp.gt.u32 %p41,%r251,2139095040;
shr.u32 %r252,%r41,16;
and.b32 %r253,%r252,1;
add.s32 %r254,%r41,%r253;
add.s32 %r255,%r254,32767;
or.b32 %r256,%r41,4194304;
selp.b32 %r257,%r256,%r255,%p41;
mov.u32 %r258,30258;
prmt.b32 %r318,%r250,%r257,%r258;
and.b32 %r259,%r42,2147483647;
setp.gt.u32 %p42,%r259,2139095040;
shr.u32 %r260,%r42,16;
and.b32 %r261,%r260,1;
add.s32 %r262,%r42,%r261;
add.s32 %r263,%r262,32767;
or.b32 %r264,%r42,4194304;
selp.b32 %r265,%r264,%r263,%p42;
and.b32 %r266,%r43,2147483647;
setp.gt.u32 %p43,%r266,2139095040;
shr.u32 %r267,%r43,16;
and.b32 %r268,%r267,1;
add.s32 %r269,%r43,%r268;
add.s32 %r270,%r269,32767;
or.b32 %r271,%r43,4194304;
selp.b32 %r272,%r271,%r270,%p43;
prmt.b32 %r319,%r265,%r272,%r258;
and.b32 %r273,%r44,2147483647;
setp.gt.u32 %p44,%r273,2139095040;
shr.u32 %r274,%r44,16;
and.b32 %r275,%r274,1;
add.s32 %r276,%r44,%r275;
add.s32 %r277,%r276,32767;
or.b32 %r278,%r44,4194304;
selp.b32 %r279,%r278,%r277,%p44;
and.b32 %r280,%r45,2147483647;
setp.gt.u32 %p45,%r280,2139095040;
shr.u32 %r281,%r45,16;
and.b32 %r282,%r281,1;
add.s32 %r283,%r45,%r282;
add.s32 %r284,%r283,32767;
or.b32 %r285,%r45,4194304;
selp.b32 %r286,%r285,%r284,%p45;
prmt.b32 %r320,%r279,%r286,%r258;
and.b32 %r287,%r46,2147483647;
setp.gt.u32 %p46,%r287,2139095040;
shr.u32 %r288,%r46,16;
and.b32 %r289,%r288,1;
add.s32 %r290,%r46,%r289;
add.s32 %r291,%r290,32767;
or.b32 %r292,%r46,4194304;
selp.b32 %r293,%r292,%r291,%p46;
and.b32 %r294,%r47,2147483647;
setp.gt.u32 %p47,%r294,2139095040;
shr.u32 %r295,%r47,16;
and.b32 %r296,%r295,1;
add.s32 %r297,%r47,%r296;
add.s32 %r298,%r297,32767;
or.b32 %r299,%r47,4194304;
selp.b32 %r300,%r299,%r298,%p47;
prmt.b32 %r321,%r293,%r300,%r258;
$L__BB0_48:
mul.wide.u32 %rd95,%r316,2;
add.s64 %rd12,%rd9,%rd95;
@%p1 bra $L__BB0_65;
bra.uni $L__BB0_49;
$L__BB0_65:
st.global.v4.u32 [%rd12], {%r318,%r319,%r320,%r321};
bra.uni $L__BB0_66;
$L__BB0_49:
setp.eq.s32 %p48,%r48,0;
@%p48 bra $L__BB0_51;
st.global.u16 [%rd12],%r318;
$L__BB0_51:
setp.lt.u32 %p49,%r48,2;
@%p49 bra $L__BB0_53;
shr.u32 %r301,%r318,16;
st.global.u16 [%rd12+2],%r301;
$L__BB0_53:
setp.lt.u32 %p50,%r48,3;
@%p50 bra $L__BB0_55;
st.global.u16 [%rd12+4],%r319;
$L__BB0_55:
setp.lt.u32 %p51,%r48,4;
@%p51 bra $L__BB0_57;
shr.u32 %r302,%r319,16;
st.global.u16 [%rd12+6],%r302;
$L__BB0_57:
setp.lt.u32 %p52,%r48,5;
@%p52 bra $L__BB0_59;
st.global.u16 [%rd12+8],%r320;
$L__BB0_59:
setp.lt.u32 %p53,%r48,6;
@%p53 bra $L__BB0_61;
shr.u32 %r303,%r320,16;
st.global.u16 [%rd12+10],%r303;
$L__BB0_61:
setp.lt.u32 %p54,%r48,7;
@%p54 bra $L__BB0_63;
st.global.u16 [%rd12+12],%r321;
$L__BB0_63:
setp.lt.u32 %p55,%r48,8;
@%p55 bra $L__BB0_66;
shr.u32 %r304,%r321,16;
st.global.u16 [%rd12+14],%r304;
bra.uni $L__BB0_66;
$L__BB0_30:
setp.eq.s32 %p27,%r48,0;
shl.b64 %rd91,%rd10,2;
add.s64 %rd11,%rd9,%rd91;
@%p27 bra $L__BB0_32;
st.global.f32 [%rd11],%f23;
$L__BB0_32:
setp.lt.u32 %p28,%r48,2;
@%p28 bra $L__BB0_34;
st.global.f32 [%rd11+4],%f32;
$L__BB0_34:
setp.lt.u32 %p29,%r48,3;
@%p29 bra $L__BB0_36;
st.global.f32 [%rd11+8],%f41;
$L__BB0_36:
setp.lt.u32 %p30,%r48,4;
@%p30 bra $L__BB0_38;
st.global.f32 [%rd11+12],%f50;
$L__BB0_38:
setp.lt.u32 %p31,%r48,5;
@%p31 bra $L__BB0_40;
st.global.f32 [%rd11+16],%f59;
$L__BB0_40:
setp.lt.u32 %p32,%r48,6;
@%p32 bra $L__BB0_42;
st.global.f32 [%rd11+20],%f68;
$L__BB0_42:
setp.lt.u32 %p33,%r48,7;
@%p33 bra $L__BB0_44;
st.global.f32 [%rd11+24],%f77;
$L__BB0_44:
setp.lt.u32 %p34,%r48,8;
@%p34 bra $L__BB0_66;
st.global.f32 [%rd11+28],%f86;
$L__BB0_66:
add.s32 %r317,%r317,256;
shl.b32 %r316,%r317,3;
setp.lt.u32 %p56,%r316,%r3;
@%p56 bra $L__BB0_26;
$L__BB0_67:
bar.sync 0;
mov.u32 %r305,%nctaid.x;
cvt.u64.u32 %rd96,%r305;
add.s64 %rd97,%rd97,%rd96;
setp.lt.u64 %p57,%rd97,%rd1;
@%p57 bra $L__BB0_2;
$L__BB0_68:
ret;
}
)ptx"},
{tensor_type::q6_k, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_q6_k(
.param .u64 cria_dequantize_q6_k_param_0,
.param .u64 cria_dequantize_q6_k_param_1,
.param .u64 cria_dequantize_q6_k_param_2,
.param .u32 cria_dequantize_q6_k_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<57>;
.reg .b16 %rs<13>;
.reg .f32 %f<81>;
.reg .b32 %r<297>;
.reg .b64 %rd<103>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q6_kEEEvPKhyPhjE4tile[6736];
ld.param.u64 %rd14, [cria_dequantize_q6_k_param_0];
ld.param.u64 %rd15, [cria_dequantize_q6_k_param_1];
ld.param.u64 %rd16, [cria_dequantize_q6_k_param_2];
ld.param.u32 %r63, [cria_dequantize_q6_k_param_3];
shr.u64 %rd17,%rd15,13;
and.b64 %rd18,%rd15,8191;
setp.ne.s64 %p2,%rd18,0;
selp.u64 %rd19,1,0,%p2;
add.s64 %rd1,%rd17,%rd19;
mov.u32 %r64,%ctaid.x;
cvt.u64.u32 %rd102,%r64;
setp.le.u64 %p3,%rd1,%rd102;
@%p3 bra $L__BB0_68;
mov.u32 %r1,%tid.x;
and.b32 %r2,%r1,1;
shl.b32 %r65,%r1,2;
and.b32 %r66,%r65,4;
neg.s32 %r67,%r66;
cvt.s64.s32 %rd3,%r67;
$L__BB0_2:
shl.b64 %rd5,%rd102,13;
sub.s64 %rd20,%rd15,%rd5;
min.u64 %rd21,%rd20,8192;
cvt.u32.u64 %r3,%rd21;
mul.lo.s64 %rd6,%rd102,6720;
add.s64 %rd7,%rd14,%rd6;
mul.lo.s32 %r4,%r3,210;
shr.u32 %r5,%r4,8;
and.b64 %rd22,%rd7,15;
setp.eq.s64 %p4,%rd22,0;
@%p4 bra $L__BB0_14;
cvt.u32.u64 %r68,%rd7;
and.b32 %r6,%r68,3;
add.s32 %r69,%r5,%r6;
setp.lt.u32 %p5,%r69,8;
add.s32 %r70,%r69, -4;
shr.u32 %r71,%r70,2;
selp.b32 %r7,1,%r71,%p5;
mov.u32 %r72,%tid.x;
add.s32 %r281,%r72,1;
setp.ge.u32 %p6,%r281,%r7;
@%p6 bra $L__BB0_11;
cvt.u64.u32 %rd23,%r6;
sub.s64 %rd24,%rd6,%rd23;
add.s64 %rd8,%rd14,%rd24;
shl.b32 %r8,%r6,3;
mov.u32 %r75, -2;
sub.s32 %r76,%r75,%r72;
add.s32 %r9,%r76,%r7;
shr.u32 %r77,%r9,8;
add.s32 %r78,%r77,1;
and.b32 %r10,%r78,3;
setp.eq.s32 %p7,%r10,0;
@%p7 bra $L__BB0_8;
add.s32 %r86,%r72,1;
mul.wide.u32 %rd27,%r86,4;
add.s64 %rd25,%rd8,%rd27;
ld.global.nc.u32 %r79, [%rd25];
add.s64 %rd26,%rd25,4;
ld.global.nc.u32 %r80, [%rd26];
shf.r.wrap.b32 %r81,%r79,%r80,%r8;
mov.u64 %rd28, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q6_kEEEvPKhyPhjE4tile;
add.s64 %rd29,%rd28,%rd27;
st.shared.u32 [%rd29],%r81;
add.s32 %r281,%r72,257;
setp.eq.s32 %p8,%r10,1;
@%p8 bra $L__BB0_8;
add.s32 %r94,%r72,257;
mul.wide.u32 %rd32,%r94,4;
add.s64 %rd30,%rd8,%rd32;
ld.global.nc.u32 %r87, [%rd30];
add.s64 %rd31,%rd30,4;
ld.global.nc.u32 %r88, [%rd31];
shf.r.wrap.b32 %r89,%r87,%r88,%r8;
add.s64 %rd34,%rd28,%rd32;
st.shared.u32 [%rd34],%r89;
add.s32 %r281,%r72,513;
setp.eq.s32 %p9,%r10,2;
@%p9 bra $L__BB0_8;
add.s32 %r102,%r72,513;
mul.wide.u32 %rd37,%r102,4;
add.s64 %rd35,%rd8,%rd37;
ld.global.nc.u32 %r95, [%rd35];
add.s64 %rd36,%rd35,4;
ld.global.nc.u32 %r96, [%rd36];
shf.r.wrap.b32 %r97,%r95,%r96,%r8;
add.s64 %rd39,%rd28,%rd37;
st.shared.u32 [%rd39],%r97;
add.s32 %r281,%r72,769;
$L__BB0_8:
setp.lt.u32 %p10,%r9,768;
@%p10 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd48,%r281,4;
add.s64 %rd40,%rd8,%rd48;
ld.global.nc.u32 %r103, [%rd40];
add.s64 %rd41,%rd40,4;
ld.global.nc.u32 %r104, [%rd41];
shf.r.wrap.b32 %r105,%r103,%r104,%r8;
mov.u64 %rd49, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q6_kEEEvPKhyPhjE4tile;
add.s64 %rd50,%rd49,%rd48;
st.shared.u32 [%rd50],%r105;
add.s32 %r127,%r281,256;
mul.wide.u32 %rd51,%r127,4;
add.s64 %rd42,%rd8,%rd51;
ld.global.nc.u32 %r109, [%rd42];
add.s64 %rd43,%rd42,4;
ld.global.nc.u32 %r110, [%rd43];
shf.r.wrap.b32 %r111,%r109,%r110,%r8;
add.s64 %rd52,%rd49,%rd51;
st.shared.u32 [%rd52],%r111;
add.s32 %r128,%r281,512;
mul.wide.u32 %rd53,%r128,4;
add.s64 %rd44,%rd8,%rd53;
ld.global.nc.u32 %r115, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r116, [%rd45];
shf.r.wrap.b32 %r117,%r115,%r116,%r8;
add.s64 %rd54,%rd49,%rd53;
st.shared.u32 [%rd54],%r117;
add.s32 %r129,%r281,768;
mul.wide.u32 %rd55,%r129,4;
add.s64 %rd46,%rd8,%rd55;
ld.global.nc.u32 %r121, [%rd46];
add.s64 %rd47,%rd46,4;
ld.global.nc.u32 %r122, [%rd47];
shf.r.wrap.b32 %r123,%r121,%r122,%r8;
add.s64 %rd56,%rd49,%rd55;
st.shared.u32 [%rd56],%r123;
add.s32 %r281,%r281,1024;
setp.lt.u32 %p11,%r281,%r7;
@%p11 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p12,%r1,15;
@%p12 bra $L__BB0_24;
setp.lt.u32 %p13,%r72,4;
shl.b32 %r131,%r7,2;
add.s32 %r132,%r72,%r131;
add.s32 %r133,%r132, -4;
selp.b32 %r18,%r72,%r133,%p13;
setp.ge.u32 %p14,%r18,%r5;
@%p14 bra $L__BB0_24;
cvt.u64.u32 %rd57,%r18;
add.s64 %rd58,%rd6,%rd57;
cvta.to.global.u64 %rd59,%rd14;
add.s64 %rd60,%rd59,%rd58;
ld.global.u8 %rs1, [%rd60];
mov.u64 %rd61, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q6_kEEEvPKhyPhjE4tile;
add.s64 %rd62,%rd61,%rd57;
st.shared.u8 [%rd62],%rs1;
bra.uni $L__BB0_24;
$L__BB0_14:
shr.u32 %r19,%r4,12;
setp.ge.u32 %p15,%r1,%r19;
@%p15 bra $L__BB0_16;
mov.u32 %r139,%tid.x;
mul.wide.u32 %rd64,%r139,16;
add.s64 %rd63,%rd7,%rd64;
ld.global.nc.v4.u32 {%r286,%r285,%r284,%r283}, [%rd63];
$L__BB0_16:
mov.u32 %r141,%tid.x;
add.s32 %r142,%r141,256;
setp.ge.u32 %p16,%r142,%r19;
@%p16 bra $L__BB0_18;
mul.wide.u32 %rd66,%r141,16;
add.s64 %rd67,%rd7,%rd66;
add.s64 %rd65,%rd67,4096;
ld.global.nc.v4.u32 {%r287,%r288,%r289,%r290}, [%rd65];
$L__BB0_18:
@%p15 bra $L__BB0_20;
mul.wide.u32 %rd68,%r141,16;
mov.u64 %rd69, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q6_kEEEvPKhyPhjE4tile;
add.s64 %rd70,%rd69,%rd68;
st.shared.v4.u32 [%rd70], {%r286,%r285,%r284,%r283};
$L__BB0_20:
@%p16 bra $L__BB0_22;
mul.wide.u32 %rd71,%r142,16;
mov.u64 %rd72, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q6_kEEEvPKhyPhjE4tile;
add.s64 %rd73,%rd72,%rd71;
st.shared.v4.u32 [%rd73], {%r287,%r288,%r289,%r290};
$L__BB0_22:
and.b32 %r153,%r5,15;
setp.ge.u32 %p19,%r1,%r153;
@%p19 bra $L__BB0_24;
and.b32 %r154,%r5,16368;
add.s32 %r155,%r154,%r1;
cvt.u64.u32 %rd74,%r155;
add.s64 %rd75,%rd6,%rd74;
cvta.to.global.u64 %rd76,%rd14;
add.s64 %rd77,%rd76,%rd75;
ld.global.u8 %rs2, [%rd77];
mov.u64 %rd78, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q6_kEEEvPKhyPhjE4tile;
add.s64 %rd79,%rd78,%rd74;
st.shared.u8 [%rd79],%rs2;
$L__BB0_24:
and.b64 %rd80,%rd16,15;
setp.eq.s64 %p20,%rd80,0;
bar.sync 0;
setp.eq.s32 %p21,%r3,8192;
and.pred %p1,%p20,%p21;
shl.b32 %r291,%r1,3;
setp.ge.u32 %p22,%r291,%r3;
@%p22 bra $L__BB0_67;
cvta.to.global.u64 %rd81,%rd16;
setp.eq.s32 %p23,%r63,0;
selp.b64 %rd82,4,2,%p23;
mul.lo.s64 %rd83,%rd5,%rd82;
add.s64 %rd9,%rd81,%rd83;
mov.u32 %r292,%r1;
$L__BB0_26:
.pragma "nounroll";
shr.u32 %r158,%r292,1;
shr.u32 %r159,%r292,5;
mul.lo.s32 %r160,%r159,210;
cvt.u64.u32 %rd84,%r160;
and.b32 %r161,%r292,31;
shr.u32 %r162,%r161,4;
shl.b32 %r163,%r162,6;
shl.b32 %r164,%r292,3;
and.b32 %r165,%r164,32;
and.b32 %r166,%r164,24;
or.b32 %r167,%r163,%r166;
or.b32 %r168,%r167,%r165;
cvt.u64.u32 %rd85,%r168;
add.s64 %rd86,%rd85,%rd84;
mov.u64 %rd87, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q6_kEEEvPKhyPhjE4tile;
add.s64 %rd88,%rd87,%rd86;
ld.shared.u16 %rs4, [%rd88];
ld.shared.u16 %rs5, [%rd88+2];
mov.b32 %r169, {%rs4,%rs5};
ld.shared.u16 %rs6, [%rd88+4];
ld.shared.u16 %rs7, [%rd88+6];
mov.b32 %r170, {%rs6,%rs7};
and.b32 %r171,%r158,4;
shr.u32 %r172,%r169,%r171;
and.b32 %r173,%r172,252645135;
shr.u32 %r174,%r170,%r171;
and.b32 %r175,%r174,252645135;
shl.b32 %r176,%r162,5;
or.b32 %r177,%r166,%r176;
or.b32 %r178,%r177,128;
cvt.u64.u32 %rd89,%r178;
add.s64 %rd90,%rd89,%rd84;
add.s64 %rd91,%rd87,%rd90;
ld.shared.u16 %rs8, [%rd91];
ld.shared.u16 %rs9, [%rd91+2];
mov.b32 %r179, {%rs8,%rs9};
ld.shared.u16 %rs10, [%rd91+4];
ld.shared.u16 %rs11, [%rd91+6];
mov.b32 %r180, {%rs10,%rs11};
and.b32 %r181,%r158,6;
shr.u32 %r182,%r179,%r181;
shr.u32 %r183,%r180,%r181;
shr.u32 %r184,%r161,1;
cvt.u64.u32 %rd92,%r184;
add.s64 %rd93,%rd92,%rd84;
add.s64 %rd94,%rd87,%rd93;
ld.shared.s8 %rs12, [%rd94+192];
cvt.rn.f32.s16 %f12,%rs12;
shl.b32 %r185,%r182,4;
and.b32 %r186,%r185,808464432;
or.b32 %r187,%r186,%r173;
shl.b32 %r188,%r183,4;
and.b32 %r189,%r188,808464432;
or.b32 %r190,%r189,%r175;
add.s64 %rd95,%rd87,%rd84;
ld.shared.u16 %rs3, [%rd95+208];
cvt.f32.f16 %f9,%rs3;
mul.rn.f32 %f10,%f9,%f12;
mov.u32 %r191,30288;
mov.u32 %r192,1258291200;
prmt.b32 %r193,%r187,%r192,%r191;
mov.b32 %f14,%r193;
mov.f32 %f57,0f4B000020;
sub.rn.f32 %f13,%f14,%f57;
mul.rn.f32 %f16,%f13,%f10;
mov.b32 %r40,%f16;
mov.u32 %r194,30289;
prmt.b32 %r195,%r187,%r192,%r194;
mov.b32 %f20,%r195;
sub.rn.f32 %f19,%f20,%f57;
mul.rn.f32 %f22,%f19,%f10;
mov.b32 %r41,%f22;
mov.u32 %r196,30290;
prmt.b32 %r197,%r187,%r192,%r196;
mov.b32 %f26,%r197;
sub.rn.f32 %f25,%f26,%f57;
mul.rn.f32 %f28,%f25,%f10;
mov.b32 %r42,%f28;
mov.u32 %r198,30291;
prmt.b32 %r199,%r187,%r192,%r198;
mov.b32 %f32,%r199;
sub.rn.f32 %f31,%f32,%f57;
mul.rn.f32 %f34,%f31,%f10;
mov.b32 %r43,%f34;
prmt.b32 %r200,%r190,%r192,%r191;
mov.b32 %f38,%r200;
sub.rn.f32 %f37,%f38,%f57;
mul.rn.f32 %f40,%f37,%f10;
mov.b32 %r44,%f40;
prmt.b32 %r201,%r190,%r192,%r194;
mov.b32 %f44,%r201;
sub.rn.f32 %f43,%f44,%f57;
mul.rn.f32 %f46,%f43,%f10;
mov.b32 %r45,%f46;
prmt.b32 %r202,%r190,%r192,%r196;
mov.b32 %f50,%r202;
sub.rn.f32 %f49,%f50,%f57;
mul.rn.f32 %f52,%f49,%f10;
mov.b32 %r46,%f52;
prmt.b32 %r203,%r190,%r192,%r198;
mov.b32 %f56,%r203;
sub.rn.f32 %f55,%f56,%f57;
mul.rn.f32 %f58,%f55,%f10;
mov.b32 %r47,%f58;
sub.s32 %r48,%r3,%r291;
@%p23 bra $L__BB0_29;
setp.ne.s32 %p25,%r63,1;
@%p25 bra $L__BB0_47;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f16;
cvt.rn.f16.f32 upper,%f22;
mov.b32 %r293, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f28;
cvt.rn.f16.f32 upper,%f34;
mov.b32 %r294, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f40;
cvt.rn.f16.f32 upper,%f46;
mov.b32 %r295, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f52;
cvt.rn.f16.f32 upper,%f58;
mov.b32 %r296, {lower, upper};
}
bra.uni $L__BB0_48;
$L__BB0_29:
cvt.u64.u32 %rd10,%r291;
@%p1 bra $L__BB0_46;
bra.uni $L__BB0_30;
$L__BB0_46:
setp.ne.s32 %p34,%r2,0;
selp.b32 %r208,%r40,%r44,%p34;
mov.u32 %r209,31;
mov.u32 %r210,1;
mov.u32 %r211, -1;
shfl.sync.bfly.b32 %r212|%p35,%r208,%r210,%r209,%r211;
mov.b32 %f69,%r212;
selp.b32 %r213,%r41,%r45,%p34;
shfl.sync.bfly.b32 %r214|%p36,%r213,%r210,%r209,%r211;
mov.b32 %f70,%r214;
selp.b32 %r215,%r42,%r46,%p34;
shfl.sync.bfly.b32 %r216|%p37,%r215,%r210,%r209,%r211;
mov.b32 %f71,%r216;
selp.b32 %r217,%r43,%r47,%p34;
shfl.sync.bfly.b32 %r218|%p38,%r217,%r210,%r209,%r211;
mov.b32 %f72,%r218;
add.s64 %rd97,%rd10,%rd3;
shl.b64 %rd98,%rd97,2;
add.s64 %rd99,%rd9,%rd98;
selp.f32 %f73,%f69,%f16,%p34;
selp.f32 %f74,%f70,%f22,%p34;
selp.f32 %f75,%f71,%f28,%p34;
selp.f32 %f76,%f72,%f34,%p34;
st.global.v4.f32 [%rd99], {%f73,%f74,%f75,%f76};
selp.f32 %f77,%f40,%f69,%p34;
selp.f32 %f78,%f46,%f70,%p34;
selp.f32 %f79,%f52,%f71,%p34;
selp.f32 %f80,%f58,%f72,%p34;
st.global.v4.f32 [%rd99+32], {%f77,%f78,%f79,%f80};
bra.uni $L__BB0_66;
$L__BB0_47:
and.b32 %r219,%r40,2147483647;
setp.gt.u32 %p39,%r219,2139095040;
shr.u32 %r220,%r40,16;
and.b32 %r221,%r220,1;
add.s32 %r222,%r40,%r221;
add.s32 %r223,%r222,32767;
or.b32 %r224,%r40,4194304;
selp.b32 %r225,%r224,%r223,%p39;
and.b32 %r226,%r41,2147483647;
setp.gt.u32 %p40,%r226,2139095040;
shr.u32 %r227,%r41,16;
and.b32 %r228,%r227,1;
add.s32 %r229,%r41,%r228;
add.s32 %r230,%r229,32767;
or.b32 %r231,%r41,4194304;
selp.b32 %r232,%r231,%r230,%p40;
mov.u32 %r233,30258;
prmt.b32 %r293,%r225,%r232,%r233;
and.b32 %r234,%r42,2147483647;
setp.gt.u32 %p41,%r234,2139095040;
shr.u32 %r235,%r42,16;
and.b32 %r236,%r235,1;
add.s32 %r237,%r42,%r236;
add.s32 %r238,%r237,32767;
or.b32 %r239,%r42,4194304;
selp.b32 %r240,%r239,%r238,%p41;
and.b32 %r241,%r43,2147483647;
setp.gt.u32 %p42,%r241,2139095040;
shr.u32 %r242,%r43,16;
and.b32 %r243,%r242,1;
add.s32 %r244,%r43,%r243;
add.s32 %r245,%r244,32767;
or.b32 %r246,%r43,4194304;
selp.b32 %r247,%r246,%r245,%p42;
prmt.b32 %r294,%r240,%r247,%r233;
and.b32 %r248,%r44,2147483647;
setp.gt.u32 %p43,%r248,2139095040;
shr.u32 %r249,%r44,16;
and.b32 %r250,%r249,1;
add.s32 %r251,%r44,%r250;
add.s32 %r252,%r251,32767;
or.b32 %r253,%r44,4194304;
selp.b32 %r254,%r253,%r252,%p43;
and.b32 %r255,%r45,2147483647;
setp.gt.u32 %p44,%r255,2139095040;
shr.u32 %r256,%r45,16;
and.b32 %r257,%r256,1;
add.s32 %r258,%r45,%r257;
add.s32 %r259,%r258,32767;
or.b32 %r260,%r45,4194304;
selp.b32 %r261,%r260,%r259,%p44;
prmt.b32 %r295,%r254,%r261,%r233;
and.b32 %r262,%r46,2147483647;
setp.gt.u32 %p45,%r262,2139095040;
shr.u32 %r263,%r46,16;
and.b32 %r264,%r263,1;
add.s32 %r265,%r46,%r264;
add.s32 %r266,%r265,32767;
or.b32 %r267,%r46,4194304;
selp.b32 %r268,%r267,%r266,%p45;
and.b32 %r269,%r47,2147483647;
setp.gt.u32 %p46,%r269,2139095040;
shr.u32 %r270,%r47,16;
and.b32 %r271,%r270,1;
add.s32 %r272,%r47,%r271;
add.s32 %r273,%r272,32767;
or.b32 %r274,%r47,4194304;
selp.b32 %r275,%r274,%r273,%p46;
prmt.b32 %r296,%r268,%r275,%r233;
$L__BB0_48:
mul.wide.u32 %rd100,%r291,2;
add.s64 %rd12,%rd9,%rd100;
@%p1 bra $L__BB0_65;
bra.uni $L__BB0_49;
$L__BB0_65:
st.global.v4.u32 [%rd12], {%r293,%r294,%r295,%r296};
bra.uni $L__BB0_66;
$L__BB0_49:
setp.eq.s32 %p47,%r48,0;
@%p47 bra $L__BB0_51;
st.global.u16 [%rd12],%r293;
$L__BB0_51:
setp.lt.u32 %p48,%r48,2;
@%p48 bra $L__BB0_53;
shr.u32 %r276,%r293,16;
st.global.u16 [%rd12+2],%r276;
$L__BB0_53:
setp.lt.u32 %p49,%r48,3;
@%p49 bra $L__BB0_55;
st.global.u16 [%rd12+4],%r294;
$L__BB0_55:
setp.lt.u32 %p50,%r48,4;
@%p50 bra $L__BB0_57;
shr.u32 %r277,%r294,16;
st.global.u16 [%rd12+6],%r277;
$L__BB0_57:
setp.lt.u32 %p51,%r48,5;
@%p51 bra $L__BB0_59;
st.global.u16 [%rd12+8],%r295;
$L__BB0_59:
setp.lt.u32 %p52,%r48,6;
@%p52 bra $L__BB0_61;
shr.u32 %r278,%r295,16;
st.global.u16 [%rd12+10],%r278;
$L__BB0_61:
setp.lt.u32 %p53,%r48,7;
@%p53 bra $L__BB0_63;
st.global.u16 [%rd12+12],%r296;
$L__BB0_63:
setp.lt.u32 %p54,%r48,8;
@%p54 bra $L__BB0_66;
shr.u32 %r279,%r296,16;
st.global.u16 [%rd12+14],%r279;
bra.uni $L__BB0_66;
$L__BB0_30:
setp.eq.s32 %p26,%r48,0;
shl.b64 %rd96,%rd10,2;
add.s64 %rd11,%rd9,%rd96;
@%p26 bra $L__BB0_32;
st.global.f32 [%rd11],%f16;
$L__BB0_32:
setp.lt.u32 %p27,%r48,2;
@%p27 bra $L__BB0_34;
st.global.f32 [%rd11+4],%f22;
$L__BB0_34:
setp.lt.u32 %p28,%r48,3;
@%p28 bra $L__BB0_36;
st.global.f32 [%rd11+8],%f28;
$L__BB0_36:
setp.lt.u32 %p29,%r48,4;
@%p29 bra $L__BB0_38;
st.global.f32 [%rd11+12],%f34;
$L__BB0_38:
setp.lt.u32 %p30,%r48,5;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd11+16],%f40;
$L__BB0_40:
setp.lt.u32 %p31,%r48,6;
@%p31 bra $L__BB0_42;
st.global.f32 [%rd11+20],%f46;
$L__BB0_42:
setp.lt.u32 %p32,%r48,7;
@%p32 bra $L__BB0_44;
st.global.f32 [%rd11+24],%f52;
$L__BB0_44:
setp.lt.u32 %p33,%r48,8;
@%p33 bra $L__BB0_66;
st.global.f32 [%rd11+28],%f58;
$L__BB0_66:
add.s32 %r292,%r292,256;
shl.b32 %r291,%r292,3;
setp.lt.u32 %p55,%r291,%r3;
@%p55 bra $L__BB0_26;
$L__BB0_67:
bar.sync 0;
mov.u32 %r280,%nctaid.x;
cvt.u64.u32 %rd101,%r280;
add.s64 %rd102,%rd102,%rd101;
setp.lt.u64 %p56,%rd102,%rd1;
@%p56 bra $L__BB0_2;
$L__BB0_68:
ret;
}
)ptx"},
{tensor_type::q8_k, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_q8_k(
.param .u64 cria_dequantize_q8_k_param_0,
.param .u64 cria_dequantize_q8_k_param_1,
.param .u64 cria_dequantize_q8_k_param_2,
.param .u32 cria_dequantize_q8_k_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<59>;
.reg .b16 %rs<3>;
.reg .f32 %f<77>;
.reg .b32 %r<293>;
.reg .b64 %rd<103>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q8_kEEEvPKhyPhjE4tile[9360];
ld.param.u64 %rd16, [cria_dequantize_q8_k_param_0];
ld.param.u64 %rd17, [cria_dequantize_q8_k_param_1];
ld.param.u64 %rd18, [cria_dequantize_q8_k_param_2];
ld.param.u32 %r70, [cria_dequantize_q8_k_param_3];
shr.u64 %rd19,%rd17,13;
and.b64 %rd20,%rd17,8191;
setp.ne.s64 %p2,%rd20,0;
selp.u64 %rd21,1,0,%p2;
add.s64 %rd1,%rd19,%rd21;
mov.u32 %r71,%ctaid.x;
cvt.u64.u32 %rd102,%r71;
setp.le.u64 %p3,%rd1,%rd102;
@%p3 bra $L__BB0_72;
mov.u32 %r1,%tid.x;
shl.b32 %r2,%r1,3;
add.s32 %r3,%r1,1;
and.b32 %r4,%r1,1;
shl.b32 %r72,%r1,2;
and.b32 %r73,%r72,4;
neg.s32 %r74,%r73;
cvt.s64.s32 %rd3,%r74;
add.s32 %r75,%r1,257;
mul.wide.u32 %rd22,%r75,4;
mov.u64 %rd23, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format4q8_kEEEvPKhyPhjE4tile;
add.s64 %rd4,%rd23,%rd22;
add.s32 %r76,%r1,513;
mul.wide.u32 %rd24,%r76,4;
add.s64 %rd5,%rd23,%rd24;
$L__BB0_2:
shl.b64 %rd7,%rd102,13;
sub.s64 %rd25,%rd17,%rd7;
min.u64 %rd26,%rd25,8192;
cvt.u32.u64 %r5,%rd26;
mul.lo.s64 %rd8,%rd102,9344;
add.s64 %rd9,%rd16,%rd8;
mul.lo.s32 %r6,%r5,292;
shr.u32 %r7,%r6,8;
and.b64 %rd27,%rd9,15;
setp.eq.s64 %p4,%rd27,0;
@%p4 bra $L__BB0_14;
cvt.u32.u64 %r77,%rd9;
and.b32 %r8,%r77,3;
add.s32 %r78,%r7,%r8;
setp.lt.u32 %p5,%r78,8;
add.s32 %r79,%r78, -4;
shr.u32 %r80,%r79,2;
selp.b32 %r9,1,%r80,%p5;
setp.ge.u32 %p6,%r3,%r9;
@%p6 bra $L__BB0_11;
cvt.u64.u32 %rd28,%r8;
sub.s64 %rd29,%rd8,%rd28;
add.s64 %rd10,%rd16,%rd29;
shl.b32 %r10,%r8,3;
mov.u32 %r81,%tid.x;
mov.u32 %r82, -2;
sub.s32 %r83,%r82,%r81;
add.s32 %r11,%r83,%r9;
shr.u32 %r84,%r11,8;
add.s32 %r85,%r84,1;
and.b32 %r12,%r85,3;
setp.eq.s32 %p7,%r12,0;
mov.u32 %r273,%r3;
@%p7 bra $L__BB0_8;
add.s32 %r93,%r81,1;
mul.wide.u32 %rd32,%r93,4;
add.s64 %rd30,%rd10,%rd32;
ld.global.nc.u32 %r86, [%rd30];
add.s64 %rd31,%rd30,4;
ld.global.nc.u32 %r87, [%rd31];
shf.r.wrap.b32 %r88,%r86,%r87,%r10;
add.s64 %rd34,%rd23,%rd32;
st.shared.u32 [%rd34],%r88;
add.s32 %r273,%r81,257;
setp.eq.s32 %p8,%r12,1;
@%p8 bra $L__BB0_8;
add.s32 %r101,%r81,257;
mul.wide.u32 %rd37,%r101,4;
add.s64 %rd35,%rd10,%rd37;
ld.global.nc.u32 %r94, [%rd35];
add.s64 %rd36,%rd35,4;
ld.global.nc.u32 %r95, [%rd36];
shf.r.wrap.b32 %r96,%r94,%r95,%r10;
st.shared.u32 [%rd4],%r96;
add.s32 %r273,%r81,513;
setp.eq.s32 %p9,%r12,2;
@%p9 bra $L__BB0_8;
add.s32 %r109,%r81,513;
mul.wide.u32 %rd40,%r109,4;
add.s64 %rd38,%rd10,%rd40;
ld.global.nc.u32 %r102, [%rd38];
add.s64 %rd39,%rd38,4;
ld.global.nc.u32 %r103, [%rd39];
shf.r.wrap.b32 %r104,%r102,%r103,%r10;
st.shared.u32 [%rd5],%r104;
add.s32 %r273,%r81,769;
$L__BB0_8:
setp.lt.u32 %p10,%r11,768;
@%p10 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd49,%r273,4;
add.s64 %rd41,%rd10,%rd49;
ld.global.nc.u32 %r110, [%rd41];
add.s64 %rd42,%rd41,4;
ld.global.nc.u32 %r111, [%rd42];
shf.r.wrap.b32 %r112,%r110,%r111,%r10;
add.s64 %rd51,%rd23,%rd49;
st.shared.u32 [%rd51],%r112;
add.s32 %r134,%r273,256;
mul.wide.u32 %rd52,%r134,4;
add.s64 %rd43,%rd10,%rd52;
ld.global.nc.u32 %r116, [%rd43];
add.s64 %rd44,%rd43,4;
ld.global.nc.u32 %r117, [%rd44];
shf.r.wrap.b32 %r118,%r116,%r117,%r10;
add.s64 %rd53,%rd23,%rd52;
st.shared.u32 [%rd53],%r118;
add.s32 %r135,%r273,512;
mul.wide.u32 %rd54,%r135,4;
add.s64 %rd45,%rd10,%rd54;
ld.global.nc.u32 %r122, [%rd45];
add.s64 %rd46,%rd45,4;
ld.global.nc.u32 %r123, [%rd46];
shf.r.wrap.b32 %r124,%r122,%r123,%r10;
add.s64 %rd55,%rd23,%rd54;
st.shared.u32 [%rd55],%r124;
add.s32 %r136,%r273,768;
mul.wide.u32 %rd56,%r136,4;
add.s64 %rd47,%rd10,%rd56;
ld.global.nc.u32 %r128, [%rd47];
add.s64 %rd48,%rd47,4;
ld.global.nc.u32 %r129, [%rd48];
shf.r.wrap.b32 %r130,%r128,%r129,%r10;
add.s64 %rd57,%rd23,%rd56;
st.shared.u32 [%rd57],%r130;
add.s32 %r273,%r273,1024;
setp.lt.u32 %p11,%r273,%r9;
@%p11 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p12,%r1,15;
@%p12 bra $L__BB0_28;
mov.u32 %r137,%tid.x;
setp.lt.u32 %p13,%r137,4;
shl.b32 %r138,%r9,2;
add.s32 %r139,%r137,%r138;
add.s32 %r140,%r139, -4;
selp.b32 %r19,%r137,%r140,%p13;
setp.ge.u32 %p14,%r19,%r7;
@%p14 bra $L__BB0_28;
cvt.u64.u32 %rd58,%r19;
add.s64 %rd59,%rd8,%rd58;
cvta.to.global.u64 %rd60,%rd16;
add.s64 %rd61,%rd60,%rd59;
ld.global.u8 %rs1, [%rd61];
add.s64 %rd63,%rd23,%rd58;
st.shared.u8 [%rd63],%rs1;
bra.uni $L__BB0_28;
$L__BB0_14:
shr.u32 %r20,%r6,12;
setp.ge.u32 %p15,%r1,%r20;
@%p15 bra $L__BB0_16;
mov.u32 %r146,%tid.x;
mul.wide.u32 %rd65,%r146,16;
add.s64 %rd64,%rd9,%rd65;
ld.global.nc.v4.u32 {%r278,%r277,%r276,%r275}, [%rd64];
$L__BB0_16:
mov.u32 %r148,%tid.x;
add.s32 %r149,%r148,256;
setp.ge.u32 %p16,%r149,%r20;
@%p16 bra $L__BB0_18;
mul.wide.u32 %rd67,%r148,16;
add.s64 %rd68,%rd9,%rd67;
add.s64 %rd66,%rd68,4096;
ld.global.nc.v4.u32 {%r282,%r281,%r280,%r279}, [%rd66];
$L__BB0_18:
add.s32 %r157,%r148,512;
setp.ge.u32 %p17,%r157,%r20;
@%p17 bra $L__BB0_20;
mul.wide.u32 %rd70,%r148,16;
add.s64 %rd71,%rd9,%rd70;
add.s64 %rd69,%rd71,8192;
ld.global.nc.v4.u32 {%r283,%r284,%r285,%r286}, [%rd69];
$L__BB0_20:
@%p15 bra $L__BB0_22;
mul.wide.u32 %rd72,%r148,16;
add.s64 %rd74,%rd23,%rd72;
st.shared.v4.u32 [%rd74], {%r278,%r277,%r276,%r275};
$L__BB0_22:
@%p16 bra $L__BB0_24;
mul.wide.u32 %rd75,%r149,16;
add.s64 %rd77,%rd23,%rd75;
st.shared.v4.u32 [%rd77], {%r282,%r281,%r280,%r279};
$L__BB0_24:
@%p17 bra $L__BB0_26;
mul.wide.u32 %rd78,%r157,16;
add.s64 %rd80,%rd23,%rd78;
st.shared.v4.u32 [%rd80], {%r283,%r284,%r285,%r286};
$L__BB0_26:
and.b32 %r172,%r7,15;
setp.ge.u32 %p21,%r1,%r172;
@%p21 bra $L__BB0_28;
and.b32 %r173,%r7,32752;
add.s32 %r174,%r173,%r1;
cvt.u64.u32 %rd81,%r174;
add.s64 %rd82,%rd8,%rd81;
cvta.to.global.u64 %rd83,%rd16;
add.s64 %rd84,%rd83,%rd82;
ld.global.u8 %rs2, [%rd84];
add.s64 %rd86,%rd23,%rd81;
st.shared.u8 [%rd86],%rs2;
$L__BB0_28:
and.b64 %rd87,%rd18,15;
setp.eq.s64 %p22,%rd87,0;
bar.sync 0;
setp.eq.s32 %p23,%r5,8192;
and.pred %p1,%p22,%p23;
setp.ge.u32 %p24,%r2,%r5;
@%p24 bra $L__BB0_71;
cvta.to.global.u64 %rd88,%rd18;
setp.eq.s32 %p25,%r70,0;
selp.b64 %rd89,4,2,%p25;
mul.lo.s64 %rd90,%rd7,%rd89;
add.s64 %rd11,%rd88,%rd90;
mov.u32 %r287,%r2;
mov.u32 %r288,%r1;
$L__BB0_30:
.pragma "nounroll";
shr.u32 %r175,%r288,5;
mul.lo.s32 %r176,%r175,292;
cvt.u64.u32 %rd91,%r176;
add.s64 %rd93,%rd23,%rd91;
shl.b32 %r177,%r288,3;
and.b32 %r178,%r177,248;
cvt.u64.u32 %rd94,%r178;
add.s64 %rd95,%rd93,%rd94;
ld.shared.u32 %r179, [%rd95+8];
ld.shared.f32 %f14, [%rd93];
ld.shared.u32 %r180, [%rd95+4];
xor.b32 %r181,%r180, -2139062144;
mov.u32 %r182,30288;
mov.u32 %r183,1258291200;
prmt.b32 %r184,%r181,%r183,%r182;
mov.b32 %f10,%r184;
mov.f32 %f53,0f4B000080;
sub.rn.f32 %f9,%f10,%f53;
mul.rn.f32 %f12,%f9,%f14;
mov.b32 %r47,%f12;
mov.u32 %r185,30289;
prmt.b32 %r186,%r181,%r183,%r185;
mov.b32 %f16,%r186;
sub.rn.f32 %f15,%f16,%f53;
mul.rn.f32 %f18,%f15,%f14;
mov.b32 %r48,%f18;
mov.u32 %r187,30290;
prmt.b32 %r188,%r181,%r183,%r187;
mov.b32 %f22,%r188;
sub.rn.f32 %f21,%f22,%f53;
mul.rn.f32 %f24,%f21,%f14;
mov.b32 %r49,%f24;
mov.u32 %r189,30291;
prmt.b32 %r190,%r181,%r183,%r189;
mov.b32 %f28,%r190;
sub.rn.f32 %f27,%f28,%f53;
mul.rn.f32 %f30,%f27,%f14;
mov.b32 %r50,%f30;
xor.b32 %r191,%r179, -2139062144;
prmt.b32 %r192,%r191,%r183,%r182;
mov.b32 %f34,%r192;
sub.rn.f32 %f33,%f34,%f53;
mul.rn.f32 %f36,%f33,%f14;
mov.b32 %r51,%f36;
prmt.b32 %r193,%r191,%r183,%r185;
mov.b32 %f40,%r193;
sub.rn.f32 %f39,%f40,%f53;
mul.rn.f32 %f42,%f39,%f14;
mov.b32 %r52,%f42;
prmt.b32 %r194,%r191,%r183,%r187;
mov.b32 %f46,%r194;
sub.rn.f32 %f45,%f46,%f53;
mul.rn.f32 %f48,%f45,%f14;
mov.b32 %r53,%f48;
prmt.b32 %r195,%r191,%r183,%r189;
mov.b32 %f52,%r195;
sub.rn.f32 %f51,%f52,%f53;
mul.rn.f32 %f54,%f51,%f14;
mov.b32 %r54,%f54;
sub.s32 %r55,%r5,%r287;
@%p25 bra $L__BB0_33;
setp.ne.s32 %p27,%r70,1;
@%p27 bra $L__BB0_51;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f12;
cvt.rn.f16.f32 upper,%f18;
mov.b32 %r289, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f24;
cvt.rn.f16.f32 upper,%f30;
mov.b32 %r290, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f36;
cvt.rn.f16.f32 upper,%f42;
mov.b32 %r291, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f48;
cvt.rn.f16.f32 upper,%f54;
mov.b32 %r292, {lower, upper};
}
bra.uni $L__BB0_52;
$L__BB0_33:
cvt.u64.u32 %rd12,%r287;
@%p1 bra $L__BB0_50;
bra.uni $L__BB0_34;
$L__BB0_50:
setp.ne.s32 %p36,%r4,0;
selp.b32 %r200,%r47,%r51,%p36;
mov.u32 %r201,31;
mov.u32 %r202,1;
mov.u32 %r203, -1;
shfl.sync.bfly.b32 %r204|%p37,%r200,%r202,%r201,%r203;
mov.b32 %f65,%r204;
selp.b32 %r205,%r48,%r52,%p36;
shfl.sync.bfly.b32 %r206|%p38,%r205,%r202,%r201,%r203;
mov.b32 %f66,%r206;
selp.b32 %r207,%r49,%r53,%p36;
shfl.sync.bfly.b32 %r208|%p39,%r207,%r202,%r201,%r203;
mov.b32 %f67,%r208;
selp.b32 %r209,%r50,%r54,%p36;
shfl.sync.bfly.b32 %r210|%p40,%r209,%r202,%r201,%r203;
mov.b32 %f68,%r210;
add.s64 %rd97,%rd12,%rd3;
shl.b64 %rd98,%rd97,2;
add.s64 %rd99,%rd11,%rd98;
selp.f32 %f69,%f65,%f12,%p36;
selp.f32 %f70,%f66,%f18,%p36;
selp.f32 %f71,%f67,%f24,%p36;
selp.f32 %f72,%f68,%f30,%p36;
st.global.v4.f32 [%rd99], {%f69,%f70,%f71,%f72};
selp.f32 %f73,%f36,%f65,%p36;
selp.f32 %f74,%f42,%f66,%p36;
selp.f32 %f75,%f48,%f67,%p36;
selp.f32 %f76,%f54,%f68,%p36;
st.global.v4.f32 [%rd99+32], {%f73,%f74,%f75,%f76};
bra.uni $L__BB0_70;
$L__BB0_51:
and.b32 %r211,%r47,2147483647;
setp.gt.u32 %p41,%r211,2139095040;
shr.u32 %r212,%r47,16;
and.b32 %r213,%r212,1;
add.s32 %r214,%r47,%r213;
add.s32 %r215,%r214,32767;
or.b32 %r216,%r47,4194304;
selp.b32 %r217,%r216,%r215,%p41;
and.b32 %r218,%r48,2147483647;
setp.gt.u32 %p42,%r218,2139095040;
shr.u32 %r219,%r48,16;
and.b32 %r220,%r219,1;
add.s32 %r221,%r48,%r220;
add.s32 %r222,%r221,32767;
or.b32 %r223,%r48,4194304;
selp.b32 %r224,%r223,%r222,%p42;
mov.u32 %r225,30258;
prmt.b32 %r289,%r217,%r224,%r225;
and.b32 %r226,%r49,2147483647;
setp.gt.u32 %p43,%r226,2139095040;
shr.u32 %r227,%r49,16;
and.b32 %r228,%r227,1;
add.s32 %r229,%r49,%r228;
add.s32 %r230,%r229,32767;
or.b32 %r231,%r49,4194304;
selp.b32 %r232,%r231,%r230,%p43;
and.b32 %r233,%r50,2147483647;
setp.gt.u32 %p44,%r233,2139095040;
shr.u32 %r234,%r50,16;
and.b32 %r235,%r234,1;
add.s32 %r236,%r50,%r235;
add.s32 %r237,%r236,32767;
or.b32 %r238,%r50,4194304;
selp.b32 %r239,%r238,%r237,%p44;
prmt.b32 %r290,%r232,%r239,%r225;
and.b32 %r240,%r51,2147483647;
setp.gt.u32 %p45,%r240,2139095040;
shr.u32 %r241,%r51,16;
and.b32 %r242,%r241,1;
add.s32 %r243,%r51,%r242;
add.s32 %r244,%r243,32767;
or.b32 %r245,%r51,4194304;
selp.b32 %r246,%r245,%r244,%p45;
and.b32 %r247,%r52,2147483647;
setp.gt.u32 %p46,%r247,2139095040;
shr.u32 %r248,%r52,16;
and.b32 %r249,%r248,1;
add.s32 %r250,%r52,%r249;
add.s32 %r251,%r250,32767;
or.b32 %r252,%r52,4194304;
selp.b32 %r253,%r252,%r251,%p46;
prmt.b32 %r291,%r246,%r253,%r225;
and.b32 %r254,%r53,2147483647;
setp.gt.u32 %p47,%r254,2139095040;
shr.u32 %r255,%r53,16;
and.b32 %r256,%r255,1;
add.s32 %r257,%r53,%r256;
add.s32 %r258,%r257,32767;
or.b32 %r259,%r53,4194304;
selp.b32 %r260,%r259,%r258,%p47;
and.b32 %r261,%r54,2147483647;
setp.gt.u32 %p48,%r261,2139095040;
shr.u32 %r262,%r54,16;
and.b32 %r263,%r262,1;
add.s32 %r264,%r54,%r263;
add.s32 %r265,%r264,32767;
or.b32 %r266,%r54,4194304;
selp.b32 %r267,%r266,%r265,%p48;
prmt.b32 %r292,%r260,%r267,%r225;
$L__BB0_52:
mul.wide.u32 %rd100,%r287,2;
add.s64 %rd14,%rd11,%rd100;
@%p1 bra $L__BB0_69;
bra.uni $L__BB0_53;
$L__BB0_69:
st.global.v4.u32 [%rd14], {%r289,%r290,%r291,%r292};
bra.uni $L__BB0_70;
$L__BB0_53:
setp.eq.s32 %p49,%r55,0;
@%p49 bra $L__BB0_55;
st.global.u16 [%rd14],%r289;
$L__BB0_55:
setp.lt.u32 %p50,%r55,2;
@%p50 bra $L__BB0_57;
shr.u32 %r268,%r289,16;
st.global.u16 [%rd14+2],%r268;
$L__BB0_57:
setp.lt.u32 %p51,%r55,3;
@%p51 bra $L__BB0_59;
st.global.u16 [%rd14+4],%r290;
$L__BB0_59:
setp.lt.u32 %p52,%r55,4;
@%p52 bra $L__BB0_61;
shr.u32 %r269,%r290,16;
st.global.u16 [%rd14+6],%r269;
$L__BB0_61:
setp.lt.u32 %p53,%r55,5;
@%p53 bra $L__BB0_63;
st.global.u16 [%rd14+8],%r291;
$L__BB0_63:
setp.lt.u32 %p54,%r55,6;
@%p54 bra $L__BB0_65;
shr.u32 %r270,%r291,16;
st.global.u16 [%rd14+10],%r270;
$L__BB0_65:
setp.lt.u32 %p55,%r55,7;
@%p55 bra $L__BB0_67;
st.global.u16 [%rd14+12],%r292;
$L__BB0_67:
setp.lt.u32 %p56,%r55,8;
@%p56 bra $L__BB0_70;
shr.u32 %r271,%r292,16;
st.global.u16 [%rd14+14],%r271;
bra.uni $L__BB0_70;
$L__BB0_34:
setp.eq.s32 %p28,%r55,0;
shl.b64 %rd96,%rd12,2;
add.s64 %rd13,%rd11,%rd96;
@%p28 bra $L__BB0_36;
st.global.f32 [%rd13],%f12;
$L__BB0_36:
setp.lt.u32 %p29,%r55,2;
@%p29 bra $L__BB0_38;
st.global.f32 [%rd13+4],%f18;
$L__BB0_38:
setp.lt.u32 %p30,%r55,3;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd13+8],%f24;
$L__BB0_40:
setp.lt.u32 %p31,%r55,4;
@%p31 bra $L__BB0_42;
st.global.f32 [%rd13+12],%f30;
$L__BB0_42:
setp.lt.u32 %p32,%r55,5;
@%p32 bra $L__BB0_44;
st.global.f32 [%rd13+16],%f36;
$L__BB0_44:
setp.lt.u32 %p33,%r55,6;
@%p33 bra $L__BB0_46;
st.global.f32 [%rd13+20],%f42;
$L__BB0_46:
setp.lt.u32 %p34,%r55,7;
@%p34 bra $L__BB0_48;
st.global.f32 [%rd13+24],%f48;
$L__BB0_48:
setp.lt.u32 %p35,%r55,8;
@%p35 bra $L__BB0_70;
st.global.f32 [%rd13+28],%f54;
$L__BB0_70:
add.s32 %r288,%r288,256;
shl.b32 %r287,%r288,3;
setp.lt.u32 %p57,%r287,%r5;
@%p57 bra $L__BB0_30;
$L__BB0_71:
bar.sync 0;
mov.u32 %r272,%nctaid.x;
cvt.u64.u32 %rd101,%r272;
add.s64 %rd102,%rd102,%rd101;
setp.lt.u64 %p58,%rd102,%rd1;
@%p58 bra $L__BB0_2;
$L__BB0_72:
ret;
}
)ptx"},
{tensor_type::tq1_0, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_tq1_0(
.param .u64 cria_dequantize_tq1_0_param_0,
.param .u64 cria_dequantize_tq1_0_param_1,
.param .u64 cria_dequantize_tq1_0_param_2,
.param .u32 cria_dequantize_tq1_0_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<60>;
.reg .b16 %rs<8>;
.reg .f32 %f<78>;
.reg .b32 %r<293>;
.reg .b64 %rd<98>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5tq1_0EEEvPKhyPhjE4tile[1744];
ld.param.u64 %rd16, [cria_dequantize_tq1_0_param_0];
ld.param.u64 %rd17, [cria_dequantize_tq1_0_param_1];
ld.param.u64 %rd18, [cria_dequantize_tq1_0_param_2];
ld.param.u32 %r62, [cria_dequantize_tq1_0_param_3];
shr.u64 %rd19,%rd17,13;
and.b64 %rd20,%rd17,8191;
setp.ne.s64 %p2,%rd20,0;
selp.u64 %rd21,1,0,%p2;
add.s64 %rd1,%rd19,%rd21;
mov.u32 %r63,%ctaid.x;
cvt.u64.u32 %rd97,%r63;
setp.le.u64 %p3,%rd1,%rd97;
@%p3 bra $L__BB0_73;
mov.u32 %r1,%tid.x;
shl.b32 %r2,%r1,3;
add.s32 %r3,%r1,1;
and.b32 %r4,%r1,1;
shl.b32 %r64,%r1,2;
and.b32 %r65,%r64,4;
neg.s32 %r66,%r65;
cvt.s64.s32 %rd3,%r66;
add.s32 %r67,%r1,257;
mul.wide.u32 %rd22,%r67,4;
mov.u64 %rd23, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5tq1_0EEEvPKhyPhjE4tile;
add.s64 %rd4,%rd23,%rd22;
add.s32 %r68,%r1,513;
mul.wide.u32 %rd24,%r68,4;
add.s64 %rd5,%rd23,%rd24;
$L__BB0_2:
shl.b64 %rd7,%rd97,13;
sub.s64 %rd25,%rd17,%rd7;
min.u64 %rd26,%rd25,8192;
cvt.u32.u64 %r5,%rd26;
mul.lo.s64 %rd8,%rd97,1728;
add.s64 %rd9,%rd16,%rd8;
mul.lo.s32 %r6,%r5,54;
shr.u32 %r7,%r6,8;
and.b64 %rd27,%rd9,15;
setp.eq.s64 %p4,%rd27,0;
@%p4 bra $L__BB0_14;
cvt.u32.u64 %r69,%rd9;
and.b32 %r8,%r69,3;
add.s32 %r70,%r7,%r8;
setp.lt.u32 %p5,%r70,8;
add.s32 %r71,%r70, -4;
shr.u32 %r72,%r71,2;
selp.b32 %r9,1,%r72,%p5;
setp.ge.u32 %p6,%r3,%r9;
@%p6 bra $L__BB0_11;
cvt.u64.u32 %rd28,%r8;
sub.s64 %rd29,%rd8,%rd28;
add.s64 %rd10,%rd16,%rd29;
shl.b32 %r10,%r8,3;
mov.u32 %r73,%tid.x;
mov.u32 %r74, -2;
sub.s32 %r75,%r74,%r73;
add.s32 %r11,%r75,%r9;
shr.u32 %r76,%r11,8;
add.s32 %r77,%r76,1;
and.b32 %r12,%r77,3;
setp.eq.s32 %p7,%r12,0;
mov.u32 %r279,%r3;
@%p7 bra $L__BB0_8;
add.s32 %r85,%r73,1;
mul.wide.u32 %rd32,%r85,4;
add.s64 %rd30,%rd10,%rd32;
ld.global.nc.u32 %r78, [%rd30];
add.s64 %rd31,%rd30,4;
ld.global.nc.u32 %r79, [%rd31];
shf.r.wrap.b32 %r80,%r78,%r79,%r10;
add.s64 %rd34,%rd23,%rd32;
st.shared.u32 [%rd34],%r80;
add.s32 %r279,%r73,257;
setp.eq.s32 %p8,%r12,1;
@%p8 bra $L__BB0_8;
add.s32 %r93,%r73,257;
mul.wide.u32 %rd37,%r93,4;
add.s64 %rd35,%rd10,%rd37;
ld.global.nc.u32 %r86, [%rd35];
add.s64 %rd36,%rd35,4;
ld.global.nc.u32 %r87, [%rd36];
shf.r.wrap.b32 %r88,%r86,%r87,%r10;
st.shared.u32 [%rd4],%r88;
add.s32 %r279,%r73,513;
setp.eq.s32 %p9,%r12,2;
@%p9 bra $L__BB0_8;
add.s32 %r101,%r73,513;
mul.wide.u32 %rd40,%r101,4;
add.s64 %rd38,%rd10,%rd40;
ld.global.nc.u32 %r94, [%rd38];
add.s64 %rd39,%rd38,4;
ld.global.nc.u32 %r95, [%rd39];
shf.r.wrap.b32 %r96,%r94,%r95,%r10;
st.shared.u32 [%rd5],%r96;
add.s32 %r279,%r73,769;
$L__BB0_8:
setp.lt.u32 %p10,%r11,768;
@%p10 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd49,%r279,4;
add.s64 %rd41,%rd10,%rd49;
ld.global.nc.u32 %r102, [%rd41];
add.s64 %rd42,%rd41,4;
ld.global.nc.u32 %r103, [%rd42];
shf.r.wrap.b32 %r104,%r102,%r103,%r10;
add.s64 %rd51,%rd23,%rd49;
st.shared.u32 [%rd51],%r104;
add.s32 %r126,%r279,256;
mul.wide.u32 %rd52,%r126,4;
add.s64 %rd43,%rd10,%rd52;
ld.global.nc.u32 %r108, [%rd43];
add.s64 %rd44,%rd43,4;
ld.global.nc.u32 %r109, [%rd44];
shf.r.wrap.b32 %r110,%r108,%r109,%r10;
add.s64 %rd53,%rd23,%rd52;
st.shared.u32 [%rd53],%r110;
add.s32 %r127,%r279,512;
mul.wide.u32 %rd54,%r127,4;
add.s64 %rd45,%rd10,%rd54;
ld.global.nc.u32 %r114, [%rd45];
add.s64 %rd46,%rd45,4;
ld.global.nc.u32 %r115, [%rd46];
shf.r.wrap.b32 %r116,%r114,%r115,%r10;
add.s64 %rd55,%rd23,%rd54;
st.shared.u32 [%rd55],%r116;
add.s32 %r128,%r279,768;
mul.wide.u32 %rd56,%r128,4;
add.s64 %rd47,%rd10,%rd56;
ld.global.nc.u32 %r120, [%rd47];
add.s64 %rd48,%rd47,4;
ld.global.nc.u32 %r121, [%rd48];
shf.r.wrap.b32 %r122,%r120,%r121,%r10;
add.s64 %rd57,%rd23,%rd56;
st.shared.u32 [%rd57],%r122;
add.s32 %r279,%r279,1024;
setp.lt.u32 %p11,%r279,%r9;
@%p11 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p12,%r1,15;
@%p12 bra $L__BB0_20;
mov.u32 %r129,%tid.x;
setp.lt.u32 %p13,%r129,4;
shl.b32 %r130,%r9,2;
add.s32 %r131,%r129,%r130;
add.s32 %r132,%r131, -4;
selp.b32 %r19,%r129,%r132,%p13;
setp.ge.u32 %p14,%r19,%r7;
@%p14 bra $L__BB0_20;
cvt.u64.u32 %rd58,%r19;
add.s64 %rd59,%rd8,%rd58;
cvta.to.global.u64 %rd60,%rd16;
add.s64 %rd61,%rd60,%rd59;
ld.global.u8 %rs1, [%rd61];
add.s64 %rd63,%rd23,%rd58;
st.shared.u8 [%rd63],%rs1;
bra.uni $L__BB0_20;
$L__BB0_14:
shr.u32 %r20,%r6,12;
setp.ge.u32 %p15,%r1,%r20;
@%p15 bra $L__BB0_16;
mov.u32 %r138,%tid.x;
mul.wide.u32 %rd65,%r138,16;
add.s64 %rd64,%rd9,%rd65;
ld.global.nc.v4.u32 {%r284,%r283,%r282,%r281}, [%rd64];
$L__BB0_16:
@%p15 bra $L__BB0_18;
mov.u32 %r139,%tid.x;
mul.wide.u32 %rd66,%r139,16;
add.s64 %rd68,%rd23,%rd66;
st.shared.v4.u32 [%rd68], {%r284,%r283,%r282,%r281};
$L__BB0_18:
and.b32 %r140,%r7,15;
setp.ge.u32 %p17,%r1,%r140;
@%p17 bra $L__BB0_20;
and.b32 %r141,%r7,4080;
add.s32 %r142,%r141,%r1;
cvt.u64.u32 %rd69,%r142;
add.s64 %rd70,%rd8,%rd69;
cvta.to.global.u64 %rd71,%rd16;
add.s64 %rd72,%rd71,%rd70;
ld.global.u8 %rs2, [%rd72];
add.s64 %rd74,%rd23,%rd69;
st.shared.u8 [%rd74],%rs2;
$L__BB0_20:
and.b64 %rd75,%rd18,15;
setp.eq.s64 %p18,%rd75,0;
bar.sync 0;
setp.eq.s32 %p19,%r5,8192;
and.pred %p1,%p18,%p19;
setp.ge.u32 %p20,%r2,%r5;
@%p20 bra $L__BB0_72;
cvta.to.global.u64 %rd76,%rd18;
setp.eq.s32 %p21,%r62,0;
selp.b64 %rd77,4,2,%p21;
mul.lo.s64 %rd78,%rd7,%rd77;
add.s64 %rd11,%rd76,%rd78;
mov.u32 %r285,%r2;
mov.u32 %r286,%r1;
$L__BB0_22:
.pragma "nounroll";
and.b32 %r31,%r286,31;
setp.lt.u32 %p22,%r31,20;
@%p22 bra $L__BB0_25;
bra.uni $L__BB0_23;
$L__BB0_25:
shl.b32 %r146,%r286,3;
and.b32 %r287,%r146,24;
bra.uni $L__BB0_26;
$L__BB0_23:
setp.gt.u32 %p23,%r31,29;
mov.u32 %r287,48;
@%p23 bra $L__BB0_26;
shl.b32 %r144,%r286,3;
and.b32 %r145,%r144,8;
or.b32 %r287,%r145,32;
$L__BB0_26:
@%p22 bra $L__BB0_30;
bra.uni $L__BB0_27;
$L__BB0_30:
shr.u32 %r288,%r31,2;
bra.uni $L__BB0_31;
$L__BB0_27:
setp.gt.u32 %p25,%r31,29;
@%p25 bra $L__BB0_29;
bra.uni $L__BB0_28;
$L__BB0_29:
shl.b32 %r148,%r31,1;
add.s32 %r288,%r148, -60;
bra.uni $L__BB0_31;
$L__BB0_28:
add.s32 %r147,%r31, -20;
shr.u32 %r288,%r147,1;
$L__BB0_31:
shr.u32 %r149,%r286,5;
mul.lo.s32 %r150,%r149,54;
cvt.u64.u32 %rd79,%r150;
cvt.u64.u32 %rd80,%r287;
add.s64 %rd81,%rd80,%rd79;
add.s64 %rd83,%rd23,%rd81;
ld.shared.u16 %rs4, [%rd83];
ld.shared.u16 %rs5, [%rd83+2];
mov.b32 %r151, {%rs4,%rs5};
shl.b32 %r152,%r288,3;
mov.u64 %rd84,348345926401;
shr.u64 %rd85,%rd84,%r152;
cvt.u32.u64 %r153,%rd85;
and.b32 %r154,%r153,255;
and.b32 %r155,%r151,16711935;
mul.lo.s32 %r156,%r155,%r154;
and.b32 %r157,%r156,16711935;
mul.lo.s32 %r158,%r157,3;
shr.u32 %r159,%r151,8;
and.b32 %r160,%r159,16711935;
mul.lo.s32 %r161,%r160,%r154;
and.b32 %r162,%r161,16711935;
mul.lo.s32 %r163,%r162,3;
shr.u32 %r164,%r158,8;
and.b32 %r165,%r164,196611;
and.b32 %r166,%r163,50332416;
or.b32 %r167,%r165,%r166;
add.s32 %r168,%r287,4;
setp.gt.u32 %p26,%r31,29;
selp.b32 %r169,%r287,%r168,%p26;
cvt.u64.u32 %rd86,%r169;
add.s64 %rd87,%rd86,%rd79;
add.s64 %rd88,%rd23,%rd87;
ld.shared.u16 %rs6, [%rd88];
ld.shared.u16 %rs7, [%rd88+2];
mov.b32 %r170, {%rs6,%rs7};
selp.u32 %r171,1,0,%p26;
add.s32 %r172,%r288,%r171;
shl.b32 %r173,%r172,3;
shr.u64 %rd89,%rd84,%r173;
cvt.u32.u64 %r174,%rd89;
and.b32 %r175,%r174,255;
and.b32 %r176,%r170,16711935;
mul.lo.s32 %r177,%r176,%r175;
and.b32 %r178,%r177,16711935;
mul.lo.s32 %r179,%r178,3;
shr.u32 %r180,%r170,8;
and.b32 %r181,%r180,16711935;
mul.lo.s32 %r182,%r181,%r175;
and.b32 %r183,%r182,16711935;
mul.lo.s32 %r184,%r183,3;
shr.u32 %r185,%r179,8;
and.b32 %r186,%r185,196611;
and.b32 %r187,%r184,50332416;
or.b32 %r188,%r186,%r187;
add.s64 %rd90,%rd23,%rd79;
ld.shared.u16 %rs3, [%rd90+52];
cvt.f32.f16 %f9,%rs3;
mov.u32 %r189,30288;
mov.u32 %r190,1258291200;
prmt.b32 %r191,%r167,%r190,%r189;
mov.b32 %f11,%r191;
mov.f32 %f54,0f4B000001;
sub.rn.f32 %f10,%f11,%f54;
mul.rn.f32 %f13,%f10,%f9;
mov.b32 %r39,%f13;
mov.u32 %r192,30289;
prmt.b32 %r193,%r167,%r190,%r192;
mov.b32 %f17,%r193;
sub.rn.f32 %f16,%f17,%f54;
mul.rn.f32 %f19,%f16,%f9;
mov.b32 %r40,%f19;
mov.u32 %r194,30290;
prmt.b32 %r195,%r167,%r190,%r194;
mov.b32 %f23,%r195;
sub.rn.f32 %f22,%f23,%f54;
mul.rn.f32 %f25,%f22,%f9;
mov.b32 %r41,%f25;
mov.u32 %r196,30291;
prmt.b32 %r197,%r167,%r190,%r196;
mov.b32 %f29,%r197;
sub.rn.f32 %f28,%f29,%f54;
mul.rn.f32 %f31,%f28,%f9;
mov.b32 %r42,%f31;
prmt.b32 %r198,%r188,%r190,%r189;
mov.b32 %f35,%r198;
sub.rn.f32 %f34,%f35,%f54;
mul.rn.f32 %f37,%f34,%f9;
mov.b32 %r43,%f37;
prmt.b32 %r199,%r188,%r190,%r192;
mov.b32 %f41,%r199;
sub.rn.f32 %f40,%f41,%f54;
mul.rn.f32 %f43,%f40,%f9;
mov.b32 %r44,%f43;
prmt.b32 %r200,%r188,%r190,%r194;
mov.b32 %f47,%r200;
sub.rn.f32 %f46,%f47,%f54;
mul.rn.f32 %f49,%f46,%f9;
mov.b32 %r45,%f49;
prmt.b32 %r201,%r188,%r190,%r196;
mov.b32 %f53,%r201;
sub.rn.f32 %f52,%f53,%f54;
mul.rn.f32 %f55,%f52,%f9;
mov.b32 %r46,%f55;
sub.s32 %r47,%r5,%r285;
@%p21 bra $L__BB0_34;
setp.ne.s32 %p28,%r62,1;
@%p28 bra $L__BB0_52;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f13;
cvt.rn.f16.f32 upper,%f19;
mov.b32 %r289, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f25;
cvt.rn.f16.f32 upper,%f31;
mov.b32 %r290, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f37;
cvt.rn.f16.f32 upper,%f43;
mov.b32 %r291, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f49;
cvt.rn.f16.f32 upper,%f55;
mov.b32 %r292, {lower, upper};
}
bra.uni $L__BB0_53;
$L__BB0_34:
cvt.u64.u32 %rd12,%r285;
@%p1 bra $L__BB0_51;
bra.uni $L__BB0_35;
$L__BB0_51:
setp.ne.s32 %p37,%r4,0;
selp.b32 %r206,%r39,%r43,%p37;
mov.u32 %r207,31;
mov.u32 %r208,1;
mov.u32 %r209, -1;
shfl.sync.bfly.b32 %r210|%p38,%r206,%r208,%r207,%r209;
mov.b32 %f66,%r210;
selp.b32 %r211,%r40,%r44,%p37;
shfl.sync.bfly.b32 %r212|%p39,%r211,%r208,%r207,%r209;
mov.b32 %f67,%r212;
selp.b32 %r213,%r41,%r45,%p37;
shfl.sync.bfly.b32 %r214|%p40,%r213,%r208,%r207,%r209;
mov.b32 %f68,%r214;
selp.b32 %r215,%r42,%r46,%p37;
shfl.sync.bfly.b32 %r216|%p41,%r215,%r208,%r207,%r209;
mov.b32 %f69,%r216;
add.s64 %rd92,%rd12,%rd3;
shl.b64 %rd93,%rd92,2;
add.s64 %rd94,%rd11,%rd93;
selp.f32 %f70,%f66,%f13,%p37;
selp.f32 %f71,%f67,%f19,%p37;
selp.f32 %f72,%f68,%f25,%p37;
selp.f32 %f73,%f69,%f31,%p37;
st.global.v4.f32 [%rd94], {%f70,%f71,%f72,%f73};
selp.f32 %f74,%f37,%f66,%p37;
selp.f32 %f75,%f43,%f67,%p37;
selp.f32 %f76,%f49,%f68,%p37;
selp.f32 %f77,%f55,%f69,%p37;
st.global.v4.f32 [%rd94+32], {%f74,%f75,%f76,%f77};
bra.uni $L__BB0_71;
$L__BB0_52:
and.b32 %r217,%r39,2147483647;
setp.gt.u32 %p42,%r217,2139095040;
shr.u32 %r218,%r39,16;
and.b32 %r219,%r218,1;
add.s32 %r220,%r39,%r219;
add.s32 %r221,%r220,32767;
or.b32 %r222,%r39,4194304;
selp.b32 %r223,%r222,%r221,%p42;
and.b32 %r224,%r40,2147483647;
setp.gt.u32 %p43,%r224,2139095040;
shr.u32 %r225,%r40,16;
and.b32 %r226,%r225,1;
add.s32 %r227,%r40,%r226;
add.s32 %r228,%r227,32767;
or.b32 %r229,%r40,4194304;
selp.b32 %r230,%r229,%r228,%p43;
mov.u32 %r231,30258;
prmt.b32 %r289,%r223,%r230,%r231;
and.b32 %r232,%r41,2147483647;
setp.gt.u32 %p44,%r232,2139095040;
shr.u32 %r233,%r41,16;
and.b32 %r234,%r233,1;
add.s32 %r235,%r41,%r234;
add.s32 %r236,%r235,32767;
or.b32 %r237,%r41,4194304;
selp.b32 %r238,%r237,%r236,%p44;
and.b32 %r239,%r42,2147483647;
setp.gt.u32 %p45,%r239,2139095040;
shr.u32 %r240,%r42,16;
and.b32 %r241,%r240,1;
add.s32 %r242,%r42,%r241;
add.s32 %r243,%r242,32767;
or.b32 %r244,%r42,4194304;
selp.b32 %r245,%r244,%r243,%p45;
prmt.b32 %r290,%r238,%r245,%r231;
and.b32 %r246,%r43,2147483647;
setp.gt.u32 %p46,%r246,2139095040;
shr.u32 %r247,%r43,16;
and.b32 %r248,%r247,1;
add.s32 %r249,%r43,%r248;
add.s32 %r250,%r249,32767;
or.b32 %r251,%r43,4194304;
selp.b32 %r252,%r251,%r250,%p46;
and.b32 %r253,%r44,2147483647;
setp.gt.u32 %p47,%r253,2139095040;
shr.u32 %r254,%r44,16;
and.b32 %r255,%r254,1;
add.s32 %r256,%r44,%r255;
add.s32 %r257,%r256,32767;
or.b32 %r258,%r44,4194304;
selp.b32 %r259,%r258,%r257,%p47;
prmt.b32 %r291,%r252,%r259,%r231;
and.b32 %r260,%r45,2147483647;
setp.gt.u32 %p48,%r260,2139095040;
shr.u32 %r261,%r45,16;
and.b32 %r262,%r261,1;
add.s32 %r263,%r45,%r262;
add.s32 %r264,%r263,32767;
or.b32 %r265,%r45,4194304;
selp.b32 %r266,%r265,%r264,%p48;
and.b32 %r267,%r46,2147483647;
setp.gt.u32 %p49,%r267,2139095040;
shr.u32 %r268,%r46,16;
and.b32 %r269,%r268,1;
add.s32 %r270,%r46,%r269;
add.s32 %r271,%r270,32767;
or.b32 %r272,%r46,4194304;
selp.b32 %r273,%r272,%r271,%p49;
prmt.b32 %r292,%r266,%r273,%r231;
$L__BB0_53:
mul.wide.u32 %rd95,%r285,2;
add.s64 %rd14,%rd11,%rd95;
@%p1 bra $L__BB0_70;
bra.uni $L__BB0_54;
$L__BB0_70:
st.global.v4.u32 [%rd14], {%r289,%r290,%r291,%r292};
bra.uni $L__BB0_71;
$L__BB0_54:
setp.eq.s32 %p50,%r47,0;
@%p50 bra $L__BB0_56;
st.global.u16 [%rd14],%r289;
$L__BB0_56:
setp.lt.u32 %p51,%r47,2;
@%p51 bra $L__BB0_58;
shr.u32 %r274,%r289,16;
st.global.u16 [%rd14+2],%r274;
$L__BB0_58:
setp.lt.u32 %p52,%r47,3;
@%p52 bra $L__BB0_60;
st.global.u16 [%rd14+4],%r290;
$L__BB0_60:
setp.lt.u32 %p53,%r47,4;
@%p53 bra $L__BB0_62;
shr.u32 %r275,%r290,16;
st.global.u16 [%rd14+6],%r275;
$L__BB0_62:
setp.lt.u32 %p54,%r47,5;
@%p54 bra $L__BB0_64;
st.global.u16 [%rd14+8],%r291;
$L__BB0_64:
setp.lt.u32 %p55,%r47,6;
@%p55 bra $L__BB0_66;
shr.u32 %r276,%r291,16;
st.global.u16 [%rd14+10],%r276;
$L__BB0_66:
setp.lt.u32 %p56,%r47,7;
@%p56 bra $L__BB0_68;
st.global.u16 [%rd14+12],%r292;
$L__BB0_68:
setp.lt.u32 %p57,%r47,8;
@%p57 bra $L__BB0_71;
shr.u32 %r277,%r292,16;
st.global.u16 [%rd14+14],%r277;
bra.uni $L__BB0_71;
$L__BB0_35:
setp.eq.s32 %p29,%r47,0;
shl.b64 %rd91,%rd12,2;
add.s64 %rd13,%rd11,%rd91;
@%p29 bra $L__BB0_37;
st.global.f32 [%rd13],%f13;
$L__BB0_37:
setp.lt.u32 %p30,%r47,2;
@%p30 bra $L__BB0_39;
st.global.f32 [%rd13+4],%f19;
$L__BB0_39:
setp.lt.u32 %p31,%r47,3;
@%p31 bra $L__BB0_41;
st.global.f32 [%rd13+8],%f25;
$L__BB0_41:
setp.lt.u32 %p32,%r47,4;
@%p32 bra $L__BB0_43;
st.global.f32 [%rd13+12],%f31;
$L__BB0_43:
setp.lt.u32 %p33,%r47,5;
@%p33 bra $L__BB0_45;
st.global.f32 [%rd13+16],%f37;
$L__BB0_45:
setp.lt.u32 %p34,%r47,6;
@%p34 bra $L__BB0_47;
st.global.f32 [%rd13+20],%f43;
$L__BB0_47:
setp.lt.u32 %p35,%r47,7;
@%p35 bra $L__BB0_49;
st.global.f32 [%rd13+24],%f49;
$L__BB0_49:
setp.lt.u32 %p36,%r47,8;
@%p36 bra $L__BB0_71;
st.global.f32 [%rd13+28],%f55;
$L__BB0_71:
add.s32 %r286,%r286,256;
shl.b32 %r285,%r286,3;
setp.lt.u32 %p58,%r285,%r5;
@%p58 bra $L__BB0_22;
$L__BB0_72:
bar.sync 0;
mov.u32 %r278,%nctaid.x;
cvt.u64.u32 %rd96,%r278;
add.s64 %rd97,%rd97,%rd96;
setp.lt.u64 %p59,%rd97,%rd1;
@%p59 bra $L__BB0_2;
$L__BB0_73:
ret;
}
)ptx"},
{tensor_type::tq2_0, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_tq2_0(
.param .u64 cria_dequantize_tq2_0_param_0,
.param .u64 cria_dequantize_tq2_0_param_1,
.param .u64 cria_dequantize_tq2_0_param_2,
.param .u32 cria_dequantize_tq2_0_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<61>;
.reg .b16 %rs<8>;
.reg .f32 %f<78>;
.reg .b32 %r<260>;
.reg .b64 %rd<107>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5tq2_0EEEvPKhyPhjE4tile[2128];
ld.param.u64 %rd10, [cria_dequantize_tq2_0_param_0];
ld.param.u64 %rd11, [cria_dequantize_tq2_0_param_1];
ld.param.u64 %rd12, [cria_dequantize_tq2_0_param_2];
ld.param.u32 %r53, [cria_dequantize_tq2_0_param_3];
and.b64 %rd13,%rd11,8191;
setp.ne.s64 %p1,%rd13,0;
selp.u64 %rd14,1,0,%p1;
shr.u64 %rd15,%rd11,13;
add.s64 %rd16,%rd15,%rd14;
mov.u32 %r54,%ctaid.x;
cvt.u64.u32 %rd106,%r54;
setp.le.u64 %p2,%rd16,%rd106;
@%p2 bra $L__BB0_64;
$L__BB0_2:
shl.b64 %rd17,%rd106,13;
sub.s64 %rd18,%rd11,%rd17;
min.u64 %rd19,%rd18,8192;
cvt.u32.u64 %r1,%rd19;
mul.lo.s64 %rd3,%rd106,2112;
add.s64 %rd4,%rd10,%rd3;
mul.lo.s32 %r2,%r1,66;
shr.u32 %r3,%r2,8;
and.b64 %rd20,%rd4,15;
setp.eq.s64 %p3,%rd20,0;
@%p3 bra $L__BB0_14;
cvt.u32.u64 %r55,%rd4;
and.b32 %r4,%r55,3;
add.s32 %r56,%r3,%r4;
setp.lt.u32 %p4,%r56,8;
add.s32 %r57,%r56, -4;
shr.u32 %r58,%r57,2;
selp.b32 %r5,1,%r58,%p4;
mov.u32 %r59,%tid.x;
add.s32 %r248,%r59,1;
setp.ge.u32 %p5,%r248,%r5;
@%p5 bra $L__BB0_11;
cvt.u64.u32 %rd21,%r4;
sub.s64 %rd22,%rd3,%rd21;
add.s64 %rd5,%rd10,%rd22;
shl.b32 %r6,%r4,3;
mov.u32 %r62, -2;
sub.s32 %r63,%r62,%r59;
add.s32 %r7,%r63,%r5;
shr.u32 %r64,%r7,8;
add.s32 %r65,%r64,1;
and.b32 %r8,%r65,3;
setp.eq.s32 %p6,%r8,0;
@%p6 bra $L__BB0_8;
add.s32 %r73,%r59,1;
mul.wide.u32 %rd25,%r73,4;
add.s64 %rd23,%rd5,%rd25;
ld.global.nc.u32 %r66, [%rd23];
add.s64 %rd24,%rd23,4;
ld.global.nc.u32 %r67, [%rd24];
shf.r.wrap.b32 %r68,%r66,%r67,%r6;
mov.u64 %rd26, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5tq2_0EEEvPKhyPhjE4tile;
add.s64 %rd27,%rd26,%rd25;
st.shared.u32 [%rd27],%r68;
add.s32 %r248,%r59,257;
setp.eq.s32 %p7,%r8,1;
@%p7 bra $L__BB0_8;
add.s32 %r81,%r59,257;
mul.wide.u32 %rd30,%r81,4;
add.s64 %rd28,%rd5,%rd30;
ld.global.nc.u32 %r74, [%rd28];
add.s64 %rd29,%rd28,4;
ld.global.nc.u32 %r75, [%rd29];
shf.r.wrap.b32 %r76,%r74,%r75,%r6;
add.s64 %rd32,%rd26,%rd30;
st.shared.u32 [%rd32],%r76;
add.s32 %r248,%r59,513;
setp.eq.s32 %p8,%r8,2;
@%p8 bra $L__BB0_8;
add.s32 %r89,%r59,513;
mul.wide.u32 %rd35,%r89,4;
add.s64 %rd33,%rd5,%rd35;
ld.global.nc.u32 %r82, [%rd33];
add.s64 %rd34,%rd33,4;
ld.global.nc.u32 %r83, [%rd34];
shf.r.wrap.b32 %r84,%r82,%r83,%r6;
add.s64 %rd37,%rd26,%rd35;
st.shared.u32 [%rd37],%r84;
add.s32 %r248,%r59,769;
$L__BB0_8:
setp.lt.u32 %p9,%r7,768;
@%p9 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd46,%r248,4;
add.s64 %rd38,%rd5,%rd46;
ld.global.nc.u32 %r90, [%rd38];
add.s64 %rd39,%rd38,4;
ld.global.nc.u32 %r91, [%rd39];
shf.r.wrap.b32 %r92,%r90,%r91,%r6;
mov.u64 %rd47, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5tq2_0EEEvPKhyPhjE4tile;
add.s64 %rd48,%rd47,%rd46;
st.shared.u32 [%rd48],%r92;
add.s32 %r114,%r248,256;
mul.wide.u32 %rd49,%r114,4;
add.s64 %rd40,%rd5,%rd49;
ld.global.nc.u32 %r96, [%rd40];
add.s64 %rd41,%rd40,4;
ld.global.nc.u32 %r97, [%rd41];
shf.r.wrap.b32 %r98,%r96,%r97,%r6;
add.s64 %rd50,%rd47,%rd49;
st.shared.u32 [%rd50],%r98;
add.s32 %r115,%r248,512;
mul.wide.u32 %rd51,%r115,4;
add.s64 %rd42,%rd5,%rd51;
ld.global.nc.u32 %r102, [%rd42];
add.s64 %rd43,%rd42,4;
ld.global.nc.u32 %r103, [%rd43];
shf.r.wrap.b32 %r104,%r102,%r103,%r6;
add.s64 %rd52,%rd47,%rd51;
st.shared.u32 [%rd52],%r104;
add.s32 %r116,%r248,768;
mul.wide.u32 %rd53,%r116,4;
add.s64 %rd44,%rd5,%rd53;
ld.global.nc.u32 %r108, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r109, [%rd45];
shf.r.wrap.b32 %r110,%r108,%r109,%r6;
add.s64 %rd54,%rd47,%rd53;
st.shared.u32 [%rd54],%r110;
add.s32 %r248,%r248,1024;
setp.lt.u32 %p10,%r248,%r5;
@%p10 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p11,%r59,15;
@%p11 bra $L__BB0_20;
setp.lt.u32 %p12,%r59,4;
shl.b32 %r119,%r5,2;
add.s32 %r120,%r59,%r119;
add.s32 %r121,%r120, -4;
selp.b32 %r16,%r59,%r121,%p12;
setp.ge.u32 %p13,%r16,%r3;
@%p13 bra $L__BB0_20;
cvt.u64.u32 %rd55,%r16;
add.s64 %rd56,%rd3,%rd55;
cvta.to.global.u64 %rd57,%rd10;
add.s64 %rd58,%rd57,%rd56;
ld.global.u8 %rs1, [%rd58];
mov.u64 %rd59, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5tq2_0EEEvPKhyPhjE4tile;
add.s64 %rd60,%rd59,%rd55;
st.shared.u8 [%rd60],%rs1;
bra.uni $L__BB0_20;
$L__BB0_14:
shr.u32 %r17,%r2,12;
mov.u32 %r123,%tid.x;
setp.ge.u32 %p14,%r123,%r17;
@%p14 bra $L__BB0_16;
mul.wide.u32 %rd62,%r123,16;
add.s64 %rd61,%rd4,%rd62;
ld.global.nc.v4.u32 {%r253,%r252,%r251,%r250}, [%rd61];
$L__BB0_16:
@%p14 bra $L__BB0_18;
mul.wide.u32 %rd63,%r123,16;
mov.u64 %rd64, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5tq2_0EEEvPKhyPhjE4tile;
add.s64 %rd65,%rd64,%rd63;
st.shared.v4.u32 [%rd65], {%r253,%r252,%r251,%r250};
$L__BB0_18:
and.b32 %r131,%r3,15;
setp.ge.u32 %p16,%r123,%r131;
@%p16 bra $L__BB0_20;
and.b32 %r133,%r3,8176;
add.s32 %r135,%r133,%r123;
cvt.u64.u32 %rd66,%r135;
add.s64 %rd67,%rd3,%rd66;
cvta.to.global.u64 %rd68,%rd10;
add.s64 %rd69,%rd68,%rd67;
ld.global.u8 %rs2, [%rd69];
mov.u64 %rd70, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5tq2_0EEEvPKhyPhjE4tile;
add.s64 %rd71,%rd70,%rd66;
st.shared.u8 [%rd71],%rs2;
$L__BB0_20:
bar.sync 0;
mov.u32 %r255,%tid.x;
shl.b32 %r254,%r255,3;
setp.ge.u32 %p17,%r254,%r1;
@%p17 bra $L__BB0_63;
$L__BB0_22:
.pragma "nounroll";
shr.u32 %r138,%r255,1;
shr.u32 %r139,%r255,5;
mul.lo.s32 %r140,%r139,66;
cvt.u64.u32 %rd72,%r140;
shl.b32 %r141,%r255,1;
and.b32 %r142,%r141,32;
shl.b32 %r143,%r255,3;
and.b32 %r144,%r143,24;
or.b32 %r145,%r142,%r144;
cvt.u64.u32 %rd73,%r145;
add.s64 %rd74,%rd73,%rd72;
mov.u64 %rd75, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5tq2_0EEEvPKhyPhjE4tile;
add.s64 %rd76,%rd75,%rd74;
ld.shared.u16 %rs4, [%rd76];
ld.shared.u16 %rs5, [%rd76+2];
mov.b32 %r146, {%rs4,%rs5};
ld.shared.u16 %rs6, [%rd76+4];
ld.shared.u16 %rs7, [%rd76+6];
mov.b32 %r147, {%rs6,%rs7};
and.b32 %r148,%r138,6;
add.s64 %rd77,%rd75,%rd72;
ld.shared.u16 %rs3, [%rd77+64];
cvt.f32.f16 %f9,%rs3;
shr.u32 %r149,%r146,%r148;
and.b32 %r150,%r149,50529027;
mov.u32 %r151,30288;
mov.u32 %r152,1258291200;
prmt.b32 %r153,%r150,%r152,%r151;
mov.b32 %f11,%r153;
mov.f32 %f54,0f4B000001;
sub.rn.f32 %f10,%f11,%f54;
mul.rn.f32 %f13,%f10,%f9;
mov.b32 %r30,%f13;
mov.u32 %r154,30289;
prmt.b32 %r155,%r150,%r152,%r154;
mov.b32 %f17,%r155;
sub.rn.f32 %f16,%f17,%f54;
mul.rn.f32 %f19,%f16,%f9;
mov.b32 %r31,%f19;
mov.u32 %r156,30290;
prmt.b32 %r157,%r150,%r152,%r156;
mov.b32 %f23,%r157;
sub.rn.f32 %f22,%f23,%f54;
mul.rn.f32 %f25,%f22,%f9;
mov.b32 %r32,%f25;
mov.u32 %r158,30291;
prmt.b32 %r159,%r150,%r152,%r158;
mov.b32 %f29,%r159;
sub.rn.f32 %f28,%f29,%f54;
mul.rn.f32 %f31,%f28,%f9;
mov.b32 %r33,%f31;
shr.u32 %r160,%r147,%r148;
and.b32 %r161,%r160,50529027;
prmt.b32 %r162,%r161,%r152,%r151;
mov.b32 %f35,%r162;
sub.rn.f32 %f34,%f35,%f54;
mul.rn.f32 %f37,%f34,%f9;
mov.b32 %r34,%f37;
prmt.b32 %r163,%r161,%r152,%r154;
mov.b32 %f41,%r163;
sub.rn.f32 %f40,%f41,%f54;
mul.rn.f32 %f43,%f40,%f9;
mov.b32 %r35,%f43;
prmt.b32 %r164,%r161,%r152,%r156;
mov.b32 %f47,%r164;
sub.rn.f32 %f46,%f47,%f54;
mul.rn.f32 %f49,%f46,%f9;
mov.b32 %r36,%f49;
prmt.b32 %r165,%r161,%r152,%r158;
mov.b32 %f53,%r165;
sub.rn.f32 %f52,%f53,%f54;
mul.rn.f32 %f55,%f52,%f9;
mov.b32 %r37,%f55;
sub.s32 %r38,%r1,%r254;
setp.eq.s32 %p18,%r53,0;
@%p18 bra $L__BB0_25;
setp.ne.s32 %p19,%r53,1;
@%p19 bra $L__BB0_43;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f13;
cvt.rn.f16.f32 upper,%f19;
mov.b32 %r256, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f25;
cvt.rn.f16.f32 upper,%f31;
mov.b32 %r257, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f37;
cvt.rn.f16.f32 upper,%f43;
mov.b32 %r258, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f49;
cvt.rn.f16.f32 upper,%f55;
mov.b32 %r259, {lower, upper};
}
bra.uni $L__BB0_44;
$L__BB0_25:
cvt.u64.u32 %rd6,%r254;
and.b64 %rd78,%rd12,15;
setp.eq.s64 %p20,%rd78,0;
setp.eq.s32 %p21,%r1,8192;
and.pred %p22,%p20,%p21;
@%p22 bra $L__BB0_42;
bra.uni $L__BB0_26;
$L__BB0_42:
cvta.to.global.u64 %rd85,%rd12;
selp.b64 %rd86,4,2,%p18;
mul.lo.s64 %rd87,%rd106,%rd86;
shl.b64 %rd88,%rd87,13;
add.s64 %rd89,%rd85,%rd88;
mov.u32 %r170,%tid.x;
mov.u32 %r171,1;
and.b32 %r172,%r170,1;
setp.eq.b32 %p33,%r172,1;
selp.b32 %r173,%r30,%r34,%p33;
mov.u32 %r174,31;
mov.u32 %r175, -1;
shfl.sync.bfly.b32 %r176|%p34,%r173,%r171,%r174,%r175;
mov.b32 %f66,%r176;
selp.b32 %r177,%r31,%r35,%p33;
shfl.sync.bfly.b32 %r178|%p35,%r177,%r171,%r174,%r175;
mov.b32 %f67,%r178;
selp.b32 %r179,%r32,%r36,%p33;
shfl.sync.bfly.b32 %r180|%p36,%r179,%r171,%r174,%r175;
mov.b32 %f68,%r180;
selp.b32 %r181,%r33,%r37,%p33;
shfl.sync.bfly.b32 %r182|%p37,%r181,%r171,%r174,%r175;
mov.b32 %f69,%r182;
shl.b32 %r183,%r170,2;
and.b32 %r184,%r183,4;
neg.s32 %r185,%r184;
cvt.s64.s32 %rd90,%r185;
add.s64 %rd91,%rd6,%rd90;
shl.b64 %rd92,%rd91,2;
add.s64 %rd93,%rd89,%rd92;
selp.f32 %f70,%f66,%f13,%p33;
selp.f32 %f71,%f67,%f19,%p33;
selp.f32 %f72,%f68,%f25,%p33;
selp.f32 %f73,%f69,%f31,%p33;
st.global.v4.f32 [%rd93], {%f70,%f71,%f72,%f73};
selp.f32 %f74,%f37,%f66,%p33;
selp.f32 %f75,%f43,%f67,%p33;
selp.f32 %f76,%f49,%f68,%p33;
selp.f32 %f77,%f55,%f69,%p33;
st.global.v4.f32 [%rd93+32], {%f74,%f75,%f76,%f77};
bra.uni $L__BB0_62;
$L__BB0_43:
and.b32 %r186,%r30,2147483647;
setp.gt.u32 %p38,%r186,2139095040;
shr.u32 %r187,%r30,16;
and.b32 %r188,%r187,1;
add.s32 %r189,%r30,%r188;
add.s32 %r190,%r189,32767;
or.b32 %r191,%r30,4194304;
selp.b32 %r192,%r191,%r190,%p38;
and.b32 %r193,%r31,2147483647;
setp.gt.u32 %p39,%r193,2139095040;
shr.u32 %r194,%r31,16;
and.b32 %r195,%r194,1;
add.s32 %r196,%r31,%r195;
add.s32 %r197,%r196,32767;
or.b32 %r198,%r31,4194304;
selp.b32 %r199,%r198,%r197,%p39;
mov.u32 %r200,30258;
prmt.b32 %r256,%r192,%r199,%r200;
and.b32 %r201,%r32,2147483647;
setp.gt.u32 %p40,%r201,2139095040;
shr.u32 %r202,%r32,16;
and.b32 %r203,%r202,1;
add.s32 %r204,%r32,%r203;
add.s32 %r205,%r204,32767;
or.b32 %r206,%r32,4194304;
selp.b32 %r207,%r206,%r205,%p40;
and.b32 %r208,%r33,2147483647;
setp.gt.u32 %p41,%r208,2139095040;
shr.u32 %r209,%r33,16;
and.b32 %r210,%r209,1;
add.s32 %r211,%r33,%r210;
add.s32 %r212,%r211,32767;
or.b32 %r213,%r33,4194304;
selp.b32 %r214,%r213,%r212,%p41;
prmt.b32 %r257,%r207,%r214,%r200;
and.b32 %r215,%r34,2147483647;
setp.gt.u32 %p42,%r215,2139095040;
shr.u32 %r216,%r34,16;
and.b32 %r217,%r216,1;
add.s32 %r218,%r34,%r217;
add.s32 %r219,%r218,32767;
or.b32 %r220,%r34,4194304;
selp.b32 %r221,%r220,%r219,%p42;
and.b32 %r222,%r35,2147483647;
setp.gt.u32 %p43,%r222,2139095040;
shr.u32 %r223,%r35,16;
and.b32 %r224,%r223,1;
add.s32 %r225,%r35,%r224;
add.s32 %r226,%r225,32767;
or.b32 %r227,%r35,4194304;
selp.b32 %r228,%r227,%r226,%p43;
prmt.b32 %r258,%r221,%r228,%r200;
and.b32 %r229,%r36,2147483647;
setp.gt.u32 %p44,%r229,2139095040;
shr.u32 %r230,%r36,16;
and.b32 %r231,%r230,1;
add.s32 %r232,%r36,%r231;
add.s32 %r233,%r232,32767;
or.b32 %r234,%r36,4194304;
selp.b32 %r235,%r234,%r233,%p44;
and.b32 %r236,%r37,2147483647;
setp.gt.u32 %p45,%r236,2139095040;
shr.u32 %r237,%r37,16;
and.b32 %r238,%r237,1;
add.s32 %r239,%r37,%r238;
add.s32 %r240,%r239,32767;
or.b32 %r241,%r37,4194304;
selp.b32 %r242,%r241,%r240,%p45;
prmt.b32 %r259,%r235,%r242,%r200;
$L__BB0_44:
selp.b64 %rd94,4,2,%p18;
mul.lo.s64 %rd95,%rd106,%rd94;
shl.b64 %rd96,%rd95,13;
cvta.to.global.u64 %rd97,%rd12;
add.s64 %rd98,%rd97,%rd96;
mul.wide.u32 %rd99,%r254,2;
add.s64 %rd8,%rd98,%rd99;
and.b64 %rd100,%rd12,15;
setp.eq.s64 %p47,%rd100,0;
setp.eq.s32 %p48,%r1,8192;
and.pred %p49,%p47,%p48;
@%p49 bra $L__BB0_61;
bra.uni $L__BB0_45;
$L__BB0_61:
st.global.v4.u32 [%rd8], {%r256,%r257,%r258,%r259};
bra.uni $L__BB0_62;
$L__BB0_45:
setp.eq.s32 %p50,%r38,0;
@%p50 bra $L__BB0_47;
st.global.u16 [%rd8],%r256;
$L__BB0_47:
setp.lt.u32 %p51,%r38,2;
@%p51 bra $L__BB0_49;
shr.u32 %r243,%r256,16;
st.global.u16 [%rd8+2],%r243;
$L__BB0_49:
setp.lt.u32 %p52,%r38,3;
@%p52 bra $L__BB0_51;
st.global.u16 [%rd8+4],%r257;
$L__BB0_51:
setp.lt.u32 %p53,%r38,4;
@%p53 bra $L__BB0_53;
shr.u32 %r244,%r257,16;
st.global.u16 [%rd8+6],%r244;
$L__BB0_53:
setp.lt.u32 %p54,%r38,5;
@%p54 bra $L__BB0_55;
st.global.u16 [%rd8+8],%r258;
$L__BB0_55:
setp.lt.u32 %p55,%r38,6;
@%p55 bra $L__BB0_57;
shr.u32 %r245,%r258,16;
st.global.u16 [%rd8+10],%r245;
$L__BB0_57:
setp.lt.u32 %p56,%r38,7;
@%p56 bra $L__BB0_59;
st.global.u16 [%rd8+12],%r259;
$L__BB0_59:
setp.lt.u32 %p57,%r38,8;
@%p57 bra $L__BB0_62;
shr.u32 %r246,%r259,16;
st.global.u16 [%rd8+14],%r246;
bra.uni $L__BB0_62;
$L__BB0_26:
setp.eq.s32 %p23,%r38,0;
selp.b64 %rd79,4,2,%p18;
mul.lo.s64 %rd80,%rd106,%rd79;
shl.b64 %rd81,%rd80,13;
cvta.to.global.u64 %rd82,%rd12;
add.s64 %rd83,%rd82,%rd81;
shl.b64 %rd84,%rd6,2;
add.s64 %rd7,%rd83,%rd84;
@%p23 bra $L__BB0_28;
st.global.f32 [%rd7],%f13;
$L__BB0_28:
setp.lt.u32 %p25,%r38,2;
@%p25 bra $L__BB0_30;
st.global.f32 [%rd7+4],%f19;
$L__BB0_30:
setp.lt.u32 %p26,%r38,3;
@%p26 bra $L__BB0_32;
st.global.f32 [%rd7+8],%f25;
$L__BB0_32:
setp.lt.u32 %p27,%r38,4;
@%p27 bra $L__BB0_34;
st.global.f32 [%rd7+12],%f31;
$L__BB0_34:
setp.lt.u32 %p28,%r38,5;
@%p28 bra $L__BB0_36;
st.global.f32 [%rd7+16],%f37;
$L__BB0_36:
setp.lt.u32 %p29,%r38,6;
@%p29 bra $L__BB0_38;
st.global.f32 [%rd7+20],%f43;
$L__BB0_38:
setp.lt.u32 %p30,%r38,7;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd7+24],%f49;
$L__BB0_40:
setp.lt.u32 %p31,%r38,8;
@%p31 bra $L__BB0_62;
st.global.f32 [%rd7+28],%f55;
$L__BB0_62:
add.s32 %r255,%r255,256;
shl.b32 %r254,%r255,3;
setp.lt.u32 %p58,%r254,%r1;
@%p58 bra $L__BB0_22;
$L__BB0_63:
bar.sync 0;
mov.u32 %r247,%nctaid.x;
cvt.u64.u32 %rd101,%r247;
add.s64 %rd106,%rd106,%rd101;
setp.lt.u64 %p60,%rd106,%rd16;
@%p60 bra $L__BB0_2;
$L__BB0_64:
ret;
}
)ptx"},
{tensor_type::mxfp4, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_mxfp4(
.param .u64 cria_dequantize_mxfp4_param_0,
.param .u64 cria_dequantize_mxfp4_param_1,
.param .u64 cria_dequantize_mxfp4_param_2,
.param .u32 cria_dequantize_mxfp4_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<64>;
.reg .b16 %rs<3>;
.reg .f32 %f<77>;
.reg .b32 %r<322>;
.reg .b64 %rd<117>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5mxfp4EEEvPKhyPhjE4tile[4368];
ld.param.u64 %rd10, [cria_dequantize_mxfp4_param_0];
ld.param.u64 %rd11, [cria_dequantize_mxfp4_param_1];
ld.param.u64 %rd12, [cria_dequantize_mxfp4_param_2];
ld.param.u32 %r61, [cria_dequantize_mxfp4_param_3];
and.b64 %rd13,%rd11,8191;
setp.ne.s64 %p1,%rd13,0;
selp.u64 %rd14,1,0,%p1;
shr.u64 %rd15,%rd11,13;
add.s64 %rd16,%rd15,%rd14;
mov.u32 %r62,%ctaid.x;
cvt.u64.u32 %rd116,%r62;
setp.le.u64 %p2,%rd16,%rd116;
@%p2 bra $L__BB0_68;
$L__BB0_2:
shl.b64 %rd17,%rd116,13;
sub.s64 %rd18,%rd11,%rd17;
min.u64 %rd19,%rd18,8192;
cvt.u32.u64 %r1,%rd19;
mul.lo.s64 %rd3,%rd116,4352;
add.s64 %rd4,%rd10,%rd3;
mul.lo.s32 %r2,%r1,17;
shr.u32 %r3,%r2,5;
and.b64 %rd20,%rd4,15;
setp.eq.s64 %p3,%rd20,0;
@%p3 bra $L__BB0_14;
cvt.u32.u64 %r63,%rd4;
and.b32 %r4,%r63,3;
add.s32 %r64,%r3,%r4;
setp.lt.u32 %p4,%r64,8;
add.s32 %r65,%r64, -4;
shr.u32 %r66,%r65,2;
selp.b32 %r5,1,%r66,%p4;
mov.u32 %r67,%tid.x;
add.s32 %r306,%r67,1;
setp.ge.u32 %p5,%r306,%r5;
@%p5 bra $L__BB0_11;
cvt.u64.u32 %rd21,%r4;
sub.s64 %rd22,%rd3,%rd21;
add.s64 %rd5,%rd10,%rd22;
shl.b32 %r6,%r4,3;
mov.u32 %r70, -2;
sub.s32 %r71,%r70,%r67;
add.s32 %r7,%r71,%r5;
shr.u32 %r72,%r7,8;
add.s32 %r73,%r72,1;
and.b32 %r8,%r73,3;
setp.eq.s32 %p6,%r8,0;
@%p6 bra $L__BB0_8;
add.s32 %r81,%r67,1;
mul.wide.u32 %rd25,%r81,4;
add.s64 %rd23,%rd5,%rd25;
ld.global.nc.u32 %r74, [%rd23];
add.s64 %rd24,%rd23,4;
ld.global.nc.u32 %r75, [%rd24];
shf.r.wrap.b32 %r76,%r74,%r75,%r6;
mov.u64 %rd26, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5mxfp4EEEvPKhyPhjE4tile;
add.s64 %rd27,%rd26,%rd25;
st.shared.u32 [%rd27],%r76;
add.s32 %r306,%r67,257;
setp.eq.s32 %p7,%r8,1;
@%p7 bra $L__BB0_8;
add.s32 %r89,%r67,257;
mul.wide.u32 %rd30,%r89,4;
add.s64 %rd28,%rd5,%rd30;
ld.global.nc.u32 %r82, [%rd28];
add.s64 %rd29,%rd28,4;
ld.global.nc.u32 %r83, [%rd29];
shf.r.wrap.b32 %r84,%r82,%r83,%r6;
add.s64 %rd32,%rd26,%rd30;
st.shared.u32 [%rd32],%r84;
add.s32 %r306,%r67,513;
setp.eq.s32 %p8,%r8,2;
@%p8 bra $L__BB0_8;
add.s32 %r97,%r67,513;
mul.wide.u32 %rd35,%r97,4;
add.s64 %rd33,%rd5,%rd35;
ld.global.nc.u32 %r90, [%rd33];
add.s64 %rd34,%rd33,4;
ld.global.nc.u32 %r91, [%rd34];
shf.r.wrap.b32 %r92,%r90,%r91,%r6;
add.s64 %rd37,%rd26,%rd35;
st.shared.u32 [%rd37],%r92;
add.s32 %r306,%r67,769;
$L__BB0_8:
setp.lt.u32 %p9,%r7,768;
@%p9 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd46,%r306,4;
add.s64 %rd38,%rd5,%rd46;
ld.global.nc.u32 %r98, [%rd38];
add.s64 %rd39,%rd38,4;
ld.global.nc.u32 %r99, [%rd39];
shf.r.wrap.b32 %r100,%r98,%r99,%r6;
mov.u64 %rd47, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5mxfp4EEEvPKhyPhjE4tile;
add.s64 %rd48,%rd47,%rd46;
st.shared.u32 [%rd48],%r100;
add.s32 %r122,%r306,256;
mul.wide.u32 %rd49,%r122,4;
add.s64 %rd40,%rd5,%rd49;
ld.global.nc.u32 %r104, [%rd40];
add.s64 %rd41,%rd40,4;
ld.global.nc.u32 %r105, [%rd41];
shf.r.wrap.b32 %r106,%r104,%r105,%r6;
add.s64 %rd50,%rd47,%rd49;
st.shared.u32 [%rd50],%r106;
add.s32 %r123,%r306,512;
mul.wide.u32 %rd51,%r123,4;
add.s64 %rd42,%rd5,%rd51;
ld.global.nc.u32 %r110, [%rd42];
add.s64 %rd43,%rd42,4;
ld.global.nc.u32 %r111, [%rd43];
shf.r.wrap.b32 %r112,%r110,%r111,%r6;
add.s64 %rd52,%rd47,%rd51;
st.shared.u32 [%rd52],%r112;
add.s32 %r124,%r306,768;
mul.wide.u32 %rd53,%r124,4;
add.s64 %rd44,%rd5,%rd53;
ld.global.nc.u32 %r116, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r117, [%rd45];
shf.r.wrap.b32 %r118,%r116,%r117,%r6;
add.s64 %rd54,%rd47,%rd53;
st.shared.u32 [%rd54],%r118;
add.s32 %r306,%r306,1024;
setp.lt.u32 %p10,%r306,%r5;
@%p10 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p11,%r67,15;
@%p11 bra $L__BB0_24;
setp.lt.u32 %p12,%r67,4;
shl.b32 %r127,%r5,2;
add.s32 %r128,%r67,%r127;
add.s32 %r129,%r128, -4;
selp.b32 %r16,%r67,%r129,%p12;
setp.ge.u32 %p13,%r16,%r3;
@%p13 bra $L__BB0_24;
cvt.u64.u32 %rd55,%r16;
add.s64 %rd56,%rd3,%rd55;
cvta.to.global.u64 %rd57,%rd10;
add.s64 %rd58,%rd57,%rd56;
ld.global.u8 %rs1, [%rd58];
mov.u64 %rd59, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5mxfp4EEEvPKhyPhjE4tile;
add.s64 %rd60,%rd59,%rd55;
st.shared.u8 [%rd60],%rs1;
bra.uni $L__BB0_24;
$L__BB0_14:
shr.u32 %r17,%r2,9;
mov.u32 %r131,%tid.x;
setp.ge.u32 %p14,%r131,%r17;
@%p14 bra $L__BB0_16;
mul.wide.u32 %rd62,%r131,16;
add.s64 %rd61,%rd4,%rd62;
ld.global.nc.v4.u32 {%r311,%r310,%r309,%r308}, [%rd61];
$L__BB0_16:
add.s32 %r139,%r131,256;
setp.ge.u32 %p15,%r139,%r17;
@%p15 bra $L__BB0_18;
mul.wide.u32 %rd64,%r131,16;
add.s64 %rd65,%rd4,%rd64;
add.s64 %rd63,%rd65,4096;
ld.global.nc.v4.u32 {%r312,%r313,%r314,%r315}, [%rd63];
$L__BB0_18:
@%p14 bra $L__BB0_20;
mul.wide.u32 %rd66,%r131,16;
mov.u64 %rd67, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5mxfp4EEEvPKhyPhjE4tile;
add.s64 %rd68,%rd67,%rd66;
st.shared.v4.u32 [%rd68], {%r311,%r310,%r309,%r308};
$L__BB0_20:
@%p15 bra $L__BB0_22;
mul.wide.u32 %rd69,%r139,16;
mov.u64 %rd70, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5mxfp4EEEvPKhyPhjE4tile;
add.s64 %rd71,%rd70,%rd69;
st.shared.v4.u32 [%rd71], {%r312,%r313,%r314,%r315};
$L__BB0_22:
and.b32 %r151,%r3,15;
setp.ge.u32 %p18,%r131,%r151;
@%p18 bra $L__BB0_24;
and.b32 %r153,%r3,16368;
add.s32 %r155,%r153,%r131;
cvt.u64.u32 %rd72,%r155;
add.s64 %rd73,%rd3,%rd72;
cvta.to.global.u64 %rd74,%rd10;
add.s64 %rd75,%rd74,%rd73;
ld.global.u8 %rs2, [%rd75];
mov.u64 %rd76, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5mxfp4EEEvPKhyPhjE4tile;
add.s64 %rd77,%rd76,%rd72;
st.shared.u8 [%rd77],%rs2;
$L__BB0_24:
bar.sync 0;
mov.u32 %r317,%tid.x;
shl.b32 %r316,%r317,3;
setp.ge.u32 %p19,%r316,%r1;
@%p19 bra $L__BB0_67;
$L__BB0_26:
.pragma "nounroll";
shr.u32 %r166,%r317,2;
mul.lo.s32 %r167,%r166,17;
cvt.u64.u32 %rd78,%r167;
mov.u64 %rd79, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5mxfp4EEEvPKhyPhjE4tile;
add.s64 %rd80,%rd79,%rd78;
shl.b32 %r168,%r317,3;
and.b32 %r169,%r168,8;
or.b32 %r170,%r169,1;
cvt.u64.u32 %rd81,%r170;
add.s64 %rd82,%rd81,%rd78;
cvta.shared.u64 %rd83,%rd79;
add.s64 %rd84,%rd83,%rd82;
cvt.u32.u64 %r171,%rd84;
and.b64 %rd85,%rd84,3;
sub.s64 %rd86,%rd82,%rd85;
add.s64 %rd87,%rd79,%rd86;
ld.shared.u32 %r159, [%rd87];
ld.shared.u32 %r160, [%rd87+4];
shl.b32 %r172,%r171,3;
and.b32 %r161,%r172,24;
shf.r.wrap.b32 %r158,%r159,%r160,%r161;
ld.shared.u32 %r163, [%rd87+4];
ld.shared.u32 %r164, [%rd87+8];
shf.r.wrap.b32 %r162,%r163,%r164,%r161;
shl.b32 %r173,%r317,1;
and.b32 %r174,%r173,4;
shr.u32 %r175,%r158,%r174;
and.b32 %r176,%r175,252645135;
shr.u32 %r177,%r162,%r174;
and.b32 %r178,%r177,252645135;
ld.shared.u8 %r179, [%rd80];
shr.u32 %r180,%r176,4;
or.b32 %r181,%r180,%r176;
mov.u32 %r182,17440;
mov.u32 %r183,0;
prmt.b32 %r184,%r181,%r183,%r182;
and.b32 %r185,%r184,30583;
mov.u32 %r186, -1937209724;
mov.u32 %r187, -2088599168;
prmt.b32 %r188,%r187,%r186,%r185;
mov.u32 %r189,1954052732;
mov.u32 %r190,2105442176;
prmt.b32 %r191,%r190,%r189,%r185;
and.b32 %r192,%r184,34952;
shr.u32 %r193,%r192,1;
or.b32 %r194,%r193,12816;
prmt.b32 %r195,%r188,%r191,%r194;
shr.u32 %r196,%r178,4;
or.b32 %r197,%r196,%r178;
prmt.b32 %r198,%r197,%r183,%r182;
and.b32 %r199,%r198,30583;
prmt.b32 %r200,%r187,%r186,%r199;
prmt.b32 %r201,%r190,%r189,%r199;
and.b32 %r202,%r198,34952;
shr.u32 %r203,%r202,1;
or.b32 %r204,%r203,12816;
prmt.b32 %r205,%r200,%r201,%r204;
setp.lt.u32 %p20,%r179,2;
mov.u32 %r206,2097152;
shl.b32 %r207,%r206,%r179;
shl.b32 %r208,%r179,23;
add.s32 %r209,%r208, -8388608;
selp.b32 %r210,%r207,%r209,%p20;
mov.b32 %f56,%r210;
mov.u32 %r211,30288;
mov.u32 %r212,1258291200;
prmt.b32 %r213,%r195,%r212,%r211;
mov.b32 %f10,%r213;
mov.f32 %f53,0f4B000080;
sub.rn.f32 %f9,%f10,%f53;
mul.rn.f32 %f12,%f9,%f56;
mov.b32 %r38,%f12;
mov.u32 %r214,30289;
prmt.b32 %r215,%r195,%r212,%r214;
mov.b32 %f16,%r215;
sub.rn.f32 %f15,%f16,%f53;
mul.rn.f32 %f18,%f15,%f56;
mov.b32 %r39,%f18;
mov.u32 %r216,30290;
prmt.b32 %r217,%r195,%r212,%r216;
mov.b32 %f22,%r217;
sub.rn.f32 %f21,%f22,%f53;
mul.rn.f32 %f24,%f21,%f56;
mov.b32 %r40,%f24;
mov.u32 %r218,30291;
prmt.b32 %r219,%r195,%r212,%r218;
mov.b32 %f28,%r219;
sub.rn.f32 %f27,%f28,%f53;
mul.rn.f32 %f30,%f27,%f56;
mov.b32 %r41,%f30;
prmt.b32 %r220,%r205,%r212,%r211;
mov.b32 %f34,%r220;
sub.rn.f32 %f33,%f34,%f53;
mul.rn.f32 %f36,%f33,%f56;
mov.b32 %r42,%f36;
prmt.b32 %r221,%r205,%r212,%r214;
mov.b32 %f40,%r221;
sub.rn.f32 %f39,%f40,%f53;
mul.rn.f32 %f42,%f39,%f56;
mov.b32 %r43,%f42;
prmt.b32 %r222,%r205,%r212,%r216;
mov.b32 %f46,%r222;
sub.rn.f32 %f45,%f46,%f53;
mul.rn.f32 %f48,%f45,%f56;
mov.b32 %r44,%f48;
prmt.b32 %r223,%r205,%r212,%r218;
mov.b32 %f52,%r223;
sub.rn.f32 %f51,%f52,%f53;
mul.rn.f32 %f54,%f51,%f56;
mov.b32 %r45,%f54;
sub.s32 %r46,%r1,%r316;
setp.eq.s32 %p21,%r61,0;
@%p21 bra $L__BB0_29;
setp.ne.s32 %p22,%r61,1;
@%p22 bra $L__BB0_47;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f12;
cvt.rn.f16.f32 upper,%f18;
mov.b32 %r318, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f24;
cvt.rn.f16.f32 upper,%f30;
mov.b32 %r319, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f36;
cvt.rn.f16.f32 upper,%f42;
mov.b32 %r320, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f48;
cvt.rn.f16.f32 upper,%f54;
mov.b32 %r321, {lower, upper};
}
bra.uni $L__BB0_48;
$L__BB0_29:
cvt.u64.u32 %rd6,%r316;
and.b64 %rd88,%rd12,15;
setp.eq.s64 %p23,%rd88,0;
setp.eq.s32 %p24,%r1,8192;
and.pred %p25,%p23,%p24;
@%p25 bra $L__BB0_46;
bra.uni $L__BB0_30;
$L__BB0_46:
cvta.to.global.u64 %rd95,%rd12;
selp.b64 %rd96,4,2,%p21;
mul.lo.s64 %rd97,%rd116,%rd96;
shl.b64 %rd98,%rd97,13;
add.s64 %rd99,%rd95,%rd98;
mov.u32 %r228,%tid.x;
mov.u32 %r229,1;
and.b32 %r230,%r228,1;
setp.eq.b32 %p36,%r230,1;
selp.b32 %r231,%r38,%r42,%p36;
mov.u32 %r232,31;
mov.u32 %r233, -1;
shfl.sync.bfly.b32 %r234|%p37,%r231,%r229,%r232,%r233;
mov.b32 %f65,%r234;
selp.b32 %r235,%r39,%r43,%p36;
shfl.sync.bfly.b32 %r236|%p38,%r235,%r229,%r232,%r233;
mov.b32 %f66,%r236;
selp.b32 %r237,%r40,%r44,%p36;
shfl.sync.bfly.b32 %r238|%p39,%r237,%r229,%r232,%r233;
mov.b32 %f67,%r238;
selp.b32 %r239,%r41,%r45,%p36;
shfl.sync.bfly.b32 %r240|%p40,%r239,%r229,%r232,%r233;
mov.b32 %f68,%r240;
shl.b32 %r241,%r228,2;
and.b32 %r242,%r241,4;
neg.s32 %r243,%r242;
cvt.s64.s32 %rd100,%r243;
add.s64 %rd101,%rd6,%rd100;
shl.b64 %rd102,%rd101,2;
add.s64 %rd103,%rd99,%rd102;
selp.f32 %f69,%f65,%f12,%p36;
selp.f32 %f70,%f66,%f18,%p36;
selp.f32 %f71,%f67,%f24,%p36;
selp.f32 %f72,%f68,%f30,%p36;
st.global.v4.f32 [%rd103], {%f69,%f70,%f71,%f72};
selp.f32 %f73,%f36,%f65,%p36;
selp.f32 %f74,%f42,%f66,%p36;
selp.f32 %f75,%f48,%f67,%p36;
selp.f32 %f76,%f54,%f68,%p36;
st.global.v4.f32 [%rd103+32], {%f73,%f74,%f75,%f76};
bra.uni $L__BB0_66;
$L__BB0_47:
and.b32 %r244,%r38,2147483647;
setp.gt.u32 %p41,%r244,2139095040;
shr.u32 %r245,%r38,16;
and.b32 %r246,%r245,1;
add.s32 %r247,%r38,%r246;
add.s32 %r248,%r247,32767;
or.b32 %r249,%r38,4194304;
selp.b32 %r250,%r249,%r248,%p41;
and.b32 %r251,%r39,2147483647;
setp.gt.u32 %p42,%r251,2139095040;
shr.u32 %r252,%r39,16;
and.b32 %r253,%r252,1;
add.s32 %r254,%r39,%r253;
add.s32 %r255,%r254,32767;
or.b32 %r256,%r39,4194304;
selp.b32 %r257,%r256,%r255,%p42;
mov.u32 %r258,30258;
prmt.b32 %r318,%r250,%r257,%r258;
and.b32 %r259,%r40,2147483647;
setp.gt.u32 %p43,%r259,2139095040;
shr.u32 %r260,%r40,16;
and.b32 %r261,%r260,1;
add.s32 %r262,%r40,%r261;
add.s32 %r263,%r262,32767;
or.b32 %r264,%r40,4194304;
selp.b32 %r265,%r264,%r263,%p43;
and.b32 %r266,%r41,2147483647;
setp.gt.u32 %p44,%r266,2139095040;
shr.u32 %r267,%r41,16;
and.b32 %r268,%r267,1;
add.s32 %r269,%r41,%r268;
add.s32 %r270,%r269,32767;
or.b32 %r271,%r41,4194304;
selp.b32 %r272,%r271,%r270,%p44;
prmt.b32 %r319,%r265,%r272,%r258;
and.b32 %r273,%r42,2147483647;
setp.gt.u32 %p45,%r273,2139095040;
shr.u32 %r274,%r42,16;
and.b32 %r275,%r274,1;
add.s32 %r276,%r42,%r275;
add.s32 %r277,%r276,32767;
or.b32 %r278,%r42,4194304;
selp.b32 %r279,%r278,%r277,%p45;
and.b32 %r280,%r43,2147483647;
setp.gt.u32 %p46,%r280,2139095040;
shr.u32 %r281,%r43,16;
and.b32 %r282,%r281,1;
add.s32 %r283,%r43,%r282;
add.s32 %r284,%r283,32767;
or.b32 %r285,%r43,4194304;
selp.b32 %r286,%r285,%r284,%p46;
prmt.b32 %r320,%r279,%r286,%r258;
and.b32 %r287,%r44,2147483647;
setp.gt.u32 %p47,%r287,2139095040;
shr.u32 %r288,%r44,16;
and.b32 %r289,%r288,1;
add.s32 %r290,%r44,%r289;
add.s32 %r291,%r290,32767;
or.b32 %r292,%r44,4194304;
selp.b32 %r293,%r292,%r291,%p47;
and.b32 %r294,%r45,2147483647;
setp.gt.u32 %p48,%r294,2139095040;
shr.u32 %r295,%r45,16;
and.b32 %r296,%r295,1;
add.s32 %r297,%r45,%r296;
add.s32 %r298,%r297,32767;
or.b32 %r299,%r45,4194304;
selp.b32 %r300,%r299,%r298,%p48;
prmt.b32 %r321,%r293,%r300,%r258;
$L__BB0_48:
selp.b64 %rd104,4,2,%p21;
mul.lo.s64 %rd105,%rd116,%rd104;
shl.b64 %rd106,%rd105,13;
cvta.to.global.u64 %rd107,%rd12;
add.s64 %rd108,%rd107,%rd106;
mul.wide.u32 %rd109,%r316,2;
add.s64 %rd8,%rd108,%rd109;
and.b64 %rd110,%rd12,15;
setp.eq.s64 %p50,%rd110,0;
setp.eq.s32 %p51,%r1,8192;
and.pred %p52,%p50,%p51;
@%p52 bra $L__BB0_65;
bra.uni $L__BB0_49;
$L__BB0_65:
st.global.v4.u32 [%rd8], {%r318,%r319,%r320,%r321};
bra.uni $L__BB0_66;
$L__BB0_49:
setp.eq.s32 %p53,%r46,0;
@%p53 bra $L__BB0_51;
st.global.u16 [%rd8],%r318;
$L__BB0_51:
setp.lt.u32 %p54,%r46,2;
@%p54 bra $L__BB0_53;
shr.u32 %r301,%r318,16;
st.global.u16 [%rd8+2],%r301;
$L__BB0_53:
setp.lt.u32 %p55,%r46,3;
@%p55 bra $L__BB0_55;
st.global.u16 [%rd8+4],%r319;
$L__BB0_55:
setp.lt.u32 %p56,%r46,4;
@%p56 bra $L__BB0_57;
shr.u32 %r302,%r319,16;
st.global.u16 [%rd8+6],%r302;
$L__BB0_57:
setp.lt.u32 %p57,%r46,5;
@%p57 bra $L__BB0_59;
st.global.u16 [%rd8+8],%r320;
$L__BB0_59:
setp.lt.u32 %p58,%r46,6;
@%p58 bra $L__BB0_61;
shr.u32 %r303,%r320,16;
st.global.u16 [%rd8+10],%r303;
$L__BB0_61:
setp.lt.u32 %p59,%r46,7;
@%p59 bra $L__BB0_63;
st.global.u16 [%rd8+12],%r321;
$L__BB0_63:
setp.lt.u32 %p60,%r46,8;
@%p60 bra $L__BB0_66;
shr.u32 %r304,%r321,16;
st.global.u16 [%rd8+14],%r304;
bra.uni $L__BB0_66;
$L__BB0_30:
setp.eq.s32 %p26,%r46,0;
selp.b64 %rd89,4,2,%p21;
mul.lo.s64 %rd90,%rd116,%rd89;
shl.b64 %rd91,%rd90,13;
cvta.to.global.u64 %rd92,%rd12;
add.s64 %rd93,%rd92,%rd91;
shl.b64 %rd94,%rd6,2;
add.s64 %rd7,%rd93,%rd94;
@%p26 bra $L__BB0_32;
st.global.f32 [%rd7],%f12;
$L__BB0_32:
setp.lt.u32 %p28,%r46,2;
@%p28 bra $L__BB0_34;
st.global.f32 [%rd7+4],%f18;
$L__BB0_34:
setp.lt.u32 %p29,%r46,3;
@%p29 bra $L__BB0_36;
st.global.f32 [%rd7+8],%f24;
$L__BB0_36:
setp.lt.u32 %p30,%r46,4;
@%p30 bra $L__BB0_38;
st.global.f32 [%rd7+12],%f30;
$L__BB0_38:
setp.lt.u32 %p31,%r46,5;
@%p31 bra $L__BB0_40;
st.global.f32 [%rd7+16],%f36;
$L__BB0_40:
setp.lt.u32 %p32,%r46,6;
@%p32 bra $L__BB0_42;
st.global.f32 [%rd7+20],%f42;
$L__BB0_42:
setp.lt.u32 %p33,%r46,7;
@%p33 bra $L__BB0_44;
st.global.f32 [%rd7+24],%f48;
$L__BB0_44:
setp.lt.u32 %p34,%r46,8;
@%p34 bra $L__BB0_66;
st.global.f32 [%rd7+28],%f54;
$L__BB0_66:
add.s32 %r317,%r317,256;
shl.b32 %r316,%r317,3;
setp.lt.u32 %p61,%r316,%r1;
@%p61 bra $L__BB0_26;
$L__BB0_67:
bar.sync 0;
mov.u32 %r305,%nctaid.x;
cvt.u64.u32 %rd111,%r305;
add.s64 %rd116,%rd116,%rd111;
setp.lt.u64 %p63,%rd116,%rd16;
@%p63 bra $L__BB0_2;
$L__BB0_68:
ret;
}
)ptx"},
{tensor_type::nvfp4, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_nvfp4(
.param .u64 cria_dequantize_nvfp4_param_0,
.param .u64 cria_dequantize_nvfp4_param_1,
.param .u64 cria_dequantize_nvfp4_param_2,
.param .u32 cria_dequantize_nvfp4_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<60>;
.reg .b16 %rs<6>;
.reg .f32 %f<84>;
.reg .b32 %r<318>;
.reg .b64 %rd<102>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5nvfp4EEEvPKhyPhjE4tile[4624];
ld.param.u64 %rd13, [cria_dequantize_nvfp4_param_0];
ld.param.u64 %rd14, [cria_dequantize_nvfp4_param_1];
ld.param.u64 %rd15, [cria_dequantize_nvfp4_param_2];
ld.param.u32 %r66, [cria_dequantize_nvfp4_param_3];
shr.u64 %rd16,%rd14,13;
and.b64 %rd17,%rd14,8191;
setp.ne.s64 %p2,%rd17,0;
selp.u64 %rd18,1,0,%p2;
add.s64 %rd19,%rd16,%rd18;
mov.u32 %r67,%ctaid.x;
cvt.u64.u32 %rd101,%r67;
setp.le.u64 %p3,%rd19,%rd101;
@%p3 bra $L__BB0_71;
mov.u32 %r68,%tid.x;
and.b32 %r1,%r68,1;
shl.b32 %r69,%r68,2;
and.b32 %r70,%r69,4;
neg.s32 %r71,%r70;
cvt.s64.s32 %rd2,%r71;
$L__BB0_2:
shl.b64 %rd4,%rd101,13;
sub.s64 %rd20,%rd14,%rd4;
min.u64 %rd21,%rd20,8192;
cvt.u32.u64 %r2,%rd21;
mul.lo.s64 %rd5,%rd101,4608;
add.s64 %rd6,%rd13,%rd5;
mul.lo.s32 %r3,%r2,36;
shr.u32 %r4,%r3,6;
and.b64 %rd22,%rd6,15;
setp.eq.s64 %p4,%rd22,0;
@%p4 bra $L__BB0_14;
cvt.u32.u64 %r72,%rd6;
and.b32 %r5,%r72,3;
add.s32 %r73,%r4,%r5;
setp.lt.u32 %p5,%r73,8;
add.s32 %r74,%r73, -4;
shr.u32 %r75,%r74,2;
selp.b32 %r6,1,%r75,%p5;
mov.u32 %r76,%tid.x;
add.s32 %r302,%r76,1;
setp.ge.u32 %p6,%r302,%r6;
@%p6 bra $L__BB0_11;
cvt.u64.u32 %rd23,%r5;
sub.s64 %rd24,%rd5,%rd23;
add.s64 %rd7,%rd13,%rd24;
shl.b32 %r7,%r5,3;
mov.u32 %r79, -2;
sub.s32 %r80,%r79,%r76;
add.s32 %r8,%r80,%r6;
shr.u32 %r81,%r8,8;
add.s32 %r82,%r81,1;
and.b32 %r9,%r82,3;
setp.eq.s32 %p7,%r9,0;
@%p7 bra $L__BB0_8;
add.s32 %r90,%r76,1;
mul.wide.u32 %rd27,%r90,4;
add.s64 %rd25,%rd7,%rd27;
ld.global.nc.u32 %r83, [%rd25];
add.s64 %rd26,%rd25,4;
ld.global.nc.u32 %r84, [%rd26];
shf.r.wrap.b32 %r85,%r83,%r84,%r7;
mov.u64 %rd28, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5nvfp4EEEvPKhyPhjE4tile;
add.s64 %rd29,%rd28,%rd27;
st.shared.u32 [%rd29],%r85;
add.s32 %r302,%r76,257;
setp.eq.s32 %p8,%r9,1;
@%p8 bra $L__BB0_8;
add.s32 %r98,%r76,257;
mul.wide.u32 %rd32,%r98,4;
add.s64 %rd30,%rd7,%rd32;
ld.global.nc.u32 %r91, [%rd30];
add.s64 %rd31,%rd30,4;
ld.global.nc.u32 %r92, [%rd31];
shf.r.wrap.b32 %r93,%r91,%r92,%r7;
add.s64 %rd34,%rd28,%rd32;
st.shared.u32 [%rd34],%r93;
add.s32 %r302,%r76,513;
setp.eq.s32 %p9,%r9,2;
@%p9 bra $L__BB0_8;
add.s32 %r106,%r76,513;
mul.wide.u32 %rd37,%r106,4;
add.s64 %rd35,%rd7,%rd37;
ld.global.nc.u32 %r99, [%rd35];
add.s64 %rd36,%rd35,4;
ld.global.nc.u32 %r100, [%rd36];
shf.r.wrap.b32 %r101,%r99,%r100,%r7;
add.s64 %rd39,%rd28,%rd37;
st.shared.u32 [%rd39],%r101;
add.s32 %r302,%r76,769;
$L__BB0_8:
setp.lt.u32 %p10,%r8,768;
@%p10 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd48,%r302,4;
add.s64 %rd40,%rd7,%rd48;
ld.global.nc.u32 %r107, [%rd40];
add.s64 %rd41,%rd40,4;
ld.global.nc.u32 %r108, [%rd41];
shf.r.wrap.b32 %r109,%r107,%r108,%r7;
mov.u64 %rd49, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5nvfp4EEEvPKhyPhjE4tile;
add.s64 %rd50,%rd49,%rd48;
st.shared.u32 [%rd50],%r109;
add.s32 %r131,%r302,256;
mul.wide.u32 %rd51,%r131,4;
add.s64 %rd42,%rd7,%rd51;
ld.global.nc.u32 %r113, [%rd42];
add.s64 %rd43,%rd42,4;
ld.global.nc.u32 %r114, [%rd43];
shf.r.wrap.b32 %r115,%r113,%r114,%r7;
add.s64 %rd52,%rd49,%rd51;
st.shared.u32 [%rd52],%r115;
add.s32 %r132,%r302,512;
mul.wide.u32 %rd53,%r132,4;
add.s64 %rd44,%rd7,%rd53;
ld.global.nc.u32 %r119, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r120, [%rd45];
shf.r.wrap.b32 %r121,%r119,%r120,%r7;
add.s64 %rd54,%rd49,%rd53;
st.shared.u32 [%rd54],%r121;
add.s32 %r133,%r302,768;
mul.wide.u32 %rd55,%r133,4;
add.s64 %rd46,%rd7,%rd55;
ld.global.nc.u32 %r125, [%rd46];
add.s64 %rd47,%rd46,4;
ld.global.nc.u32 %r126, [%rd47];
shf.r.wrap.b32 %r127,%r125,%r126,%r7;
add.s64 %rd56,%rd49,%rd55;
st.shared.u32 [%rd56],%r127;
add.s32 %r302,%r302,1024;
setp.lt.u32 %p11,%r302,%r6;
@%p11 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p12,%r76,15;
@%p12 bra $L__BB0_24;
setp.lt.u32 %p13,%r76,4;
shl.b32 %r136,%r6,2;
add.s32 %r137,%r76,%r136;
add.s32 %r138,%r137, -4;
selp.b32 %r17,%r76,%r138,%p13;
setp.ge.u32 %p14,%r17,%r4;
@%p14 bra $L__BB0_24;
cvt.u64.u32 %rd57,%r17;
add.s64 %rd58,%rd5,%rd57;
cvta.to.global.u64 %rd59,%rd13;
add.s64 %rd60,%rd59,%rd58;
ld.global.u8 %rs2, [%rd60];
mov.u64 %rd61, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5nvfp4EEEvPKhyPhjE4tile;
add.s64 %rd62,%rd61,%rd57;
st.shared.u8 [%rd62],%rs2;
bra.uni $L__BB0_24;
$L__BB0_14:
shr.u32 %r18,%r3,10;
mov.u32 %r140,%tid.x;
setp.ge.u32 %p15,%r140,%r18;
@%p15 bra $L__BB0_16;
mul.wide.u32 %rd64,%r140,16;
add.s64 %rd63,%rd6,%rd64;
ld.global.nc.v4.u32 {%r307,%r306,%r305,%r304}, [%rd63];
$L__BB0_16:
add.s32 %r148,%r140,256;
setp.ge.u32 %p16,%r148,%r18;
@%p16 bra $L__BB0_18;
mul.wide.u32 %rd66,%r140,16;
add.s64 %rd67,%rd6,%rd66;
add.s64 %rd65,%rd67,4096;
ld.global.nc.v4.u32 {%r308,%r309,%r310,%r311}, [%rd65];
$L__BB0_18:
@%p15 bra $L__BB0_20;
mul.wide.u32 %rd68,%r140,16;
mov.u64 %rd69, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5nvfp4EEEvPKhyPhjE4tile;
add.s64 %rd70,%rd69,%rd68;
st.shared.v4.u32 [%rd70], {%r307,%r306,%r305,%r304};
$L__BB0_20:
@%p16 bra $L__BB0_22;
mul.wide.u32 %rd71,%r148,16;
mov.u64 %rd72, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5nvfp4EEEvPKhyPhjE4tile;
add.s64 %rd73,%rd72,%rd71;
st.shared.v4.u32 [%rd73], {%r308,%r309,%r310,%r311};
$L__BB0_22:
and.b32 %r160,%r4,15;
setp.ge.u32 %p19,%r140,%r160;
@%p19 bra $L__BB0_24;
and.b32 %r162,%r4,16368;
add.s32 %r164,%r162,%r140;
cvt.u64.u32 %rd74,%r164;
add.s64 %rd75,%rd5,%rd74;
cvta.to.global.u64 %rd76,%rd13;
add.s64 %rd77,%rd76,%rd75;
ld.global.u8 %rs3, [%rd77];
mov.u64 %rd78, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5nvfp4EEEvPKhyPhjE4tile;
add.s64 %rd79,%rd78,%rd74;
st.shared.u8 [%rd79],%rs3;
$L__BB0_24:
and.b64 %rd80,%rd15,15;
setp.eq.s64 %p20,%rd80,0;
bar.sync 0;
setp.eq.s32 %p21,%r2,8192;
and.pred %p1,%p20,%p21;
shl.b32 %r312,%r68,3;
setp.ge.u32 %p22,%r312,%r2;
@%p22 bra $L__BB0_70;
cvta.to.global.u64 %rd81,%rd15;
setp.eq.s32 %p23,%r66,0;
selp.b64 %rd82,4,2,%p23;
mul.lo.s64 %rd83,%rd4,%rd82;
add.s64 %rd8,%rd81,%rd83;
mov.u32 %r313,%r68;
$L__BB0_26:
.pragma "nounroll";
shr.u32 %r167,%r313,3;
mul.lo.s32 %r168,%r167,36;
and.b32 %r169,%r313,6;
shr.u32 %r170,%r169,1;
or.b32 %r171,%r168,%r170;
cvt.u64.u32 %rd84,%r168;
shl.b32 %r172,%r313,2;
and.b32 %r173,%r172,24;
cvt.u64.u32 %rd85,%r173;
add.s64 %rd86,%rd85,%rd84;
mov.u64 %rd87, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5nvfp4EEEvPKhyPhjE4tile;
add.s64 %rd88,%rd87,%rd86;
ld.shared.u32 %r39, [%rd88+4];
ld.shared.u32 %r40, [%rd88+8];
cvt.u64.u32 %rd89,%r171;
add.s64 %rd90,%rd87,%rd89;
ld.shared.u8 %rs1, [%rd90];
cvt.u32.u16 %r174,%rs1;
shr.u16 %rs4,%rs1,3;
cvt.u32.u16 %r175,%rs4;
and.b32 %r41,%r175,15;
and.b32 %r42,%r174,7;
setp.eq.s32 %p24,%r41,0;
@%p24 bra $L__BB0_28;
shl.b32 %r176,%r41,23;
add.s32 %r177,%r176,998244352;
shl.b32 %r178,%r42,20;
or.b32 %r179,%r177,%r178;
mov.b32 %f83,%r179;
bra.uni $L__BB0_29;
$L__BB0_28:
cvt.rn.f32.s32 %f13,%r42;
mov.f32 %f14,0f3A800000;
mul.rn.f32 %f83,%f13,%f14;
$L__BB0_29:
and.b32 %r181,%r172,4;
shr.u32 %r182,%r39,%r181;
and.b32 %r183,%r182,252645135;
shr.u32 %r184,%r40,%r181;
and.b32 %r185,%r184,252645135;
shr.u32 %r186,%r183,4;
or.b32 %r187,%r186,%r183;
mov.u32 %r188,17440;
mov.u32 %r189,0;
prmt.b32 %r190,%r187,%r189,%r188;
and.b32 %r191,%r190,30583;
and.b32 %r192,%r190,34952;
shr.u32 %r193,%r192,1;
or.b32 %r194,%r193,12816;
mov.u32 %r195,1954052732;
mov.u32 %r196,2105442176;
prmt.b32 %r197,%r196,%r195,%r191;
mov.u32 %r198, -1937209724;
mov.u32 %r199, -2088599168;
prmt.b32 %r200,%r199,%r198,%r191;
prmt.b32 %r201,%r200,%r197,%r194;
shr.u32 %r202,%r185,4;
or.b32 %r203,%r202,%r185;
prmt.b32 %r204,%r203,%r189,%r188;
and.b32 %r205,%r204,30583;
and.b32 %r206,%r204,34952;
shr.u32 %r207,%r206,1;
or.b32 %r208,%r207,12816;
prmt.b32 %r209,%r196,%r195,%r205;
prmt.b32 %r210,%r199,%r198,%r205;
prmt.b32 %r211,%r210,%r209,%r208;
setp.eq.s16 %p25,%rs1,127;
selp.f32 %f62,0f00000000,%f83,%p25;
mov.u32 %r212,30288;
mov.u32 %r213,1258291200;
prmt.b32 %r214,%r201,%r213,%r212;
mov.b32 %f16,%r214;
mov.f32 %f59,0f4B000080;
sub.rn.f32 %f15,%f16,%f59;
mul.rn.f32 %f18,%f15,%f62;
mov.b32 %r43,%f18;
mov.u32 %r215,30289;
prmt.b32 %r216,%r201,%r213,%r215;
mov.b32 %f22,%r216;
sub.rn.f32 %f21,%f22,%f59;
mul.rn.f32 %f24,%f21,%f62;
mov.b32 %r44,%f24;
mov.u32 %r217,30290;
prmt.b32 %r218,%r201,%r213,%r217;
mov.b32 %f28,%r218;
sub.rn.f32 %f27,%f28,%f59;
mul.rn.f32 %f30,%f27,%f62;
mov.b32 %r45,%f30;
mov.u32 %r219,30291;
prmt.b32 %r220,%r201,%r213,%r219;
mov.b32 %f34,%r220;
sub.rn.f32 %f33,%f34,%f59;
mul.rn.f32 %f36,%f33,%f62;
mov.b32 %r46,%f36;
prmt.b32 %r221,%r211,%r213,%r212;
mov.b32 %f40,%r221;
sub.rn.f32 %f39,%f40,%f59;
mul.rn.f32 %f42,%f39,%f62;
mov.b32 %r47,%f42;
prmt.b32 %r222,%r211,%r213,%r215;
mov.b32 %f46,%r222;
sub.rn.f32 %f45,%f46,%f59;
mul.rn.f32 %f48,%f45,%f62;
mov.b32 %r48,%f48;
prmt.b32 %r223,%r211,%r213,%r217;
mov.b32 %f52,%r223;
sub.rn.f32 %f51,%f52,%f59;
mul.rn.f32 %f54,%f51,%f62;
mov.b32 %r49,%f54;
prmt.b32 %r224,%r211,%r213,%r219;
mov.b32 %f58,%r224;
sub.rn.f32 %f57,%f58,%f59;
mul.rn.f32 %f60,%f57,%f62;
mov.b32 %r50,%f60;
sub.s32 %r51,%r2,%r312;
@%p23 bra $L__BB0_32;
setp.ne.s32 %p27,%r66,1;
@%p27 bra $L__BB0_50;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f18;
cvt.rn.f16.f32 upper,%f24;
mov.b32 %r314, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f30;
cvt.rn.f16.f32 upper,%f36;
mov.b32 %r315, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f42;
cvt.rn.f16.f32 upper,%f48;
mov.b32 %r316, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f54;
cvt.rn.f16.f32 upper,%f60;
mov.b32 %r317, {lower, upper};
}
bra.uni $L__BB0_51;
$L__BB0_32:
cvt.u64.u32 %rd9,%r312;
@%p1 bra $L__BB0_49;
bra.uni $L__BB0_33;
$L__BB0_49:
setp.ne.s32 %p36,%r1,0;
selp.b32 %r229,%r43,%r47,%p36;
mov.u32 %r230,31;
mov.u32 %r231,1;
mov.u32 %r232, -1;
shfl.sync.bfly.b32 %r233|%p37,%r229,%r231,%r230,%r232;
mov.b32 %f71,%r233;
selp.b32 %r234,%r44,%r48,%p36;
shfl.sync.bfly.b32 %r235|%p38,%r234,%r231,%r230,%r232;
mov.b32 %f72,%r235;
selp.b32 %r236,%r45,%r49,%p36;
shfl.sync.bfly.b32 %r237|%p39,%r236,%r231,%r230,%r232;
mov.b32 %f73,%r237;
selp.b32 %r238,%r46,%r50,%p36;
shfl.sync.bfly.b32 %r239|%p40,%r238,%r231,%r230,%r232;
mov.b32 %f74,%r239;
add.s64 %rd92,%rd9,%rd2;
shl.b64 %rd93,%rd92,2;
add.s64 %rd94,%rd8,%rd93;
selp.f32 %f75,%f71,%f18,%p36;
selp.f32 %f76,%f72,%f24,%p36;
selp.f32 %f77,%f73,%f30,%p36;
selp.f32 %f78,%f74,%f36,%p36;
st.global.v4.f32 [%rd94], {%f75,%f76,%f77,%f78};
selp.f32 %f79,%f42,%f71,%p36;
selp.f32 %f80,%f48,%f72,%p36;
selp.f32 %f81,%f54,%f73,%p36;
selp.f32 %f82,%f60,%f74,%p36;
st.global.v4.f32 [%rd94+32], {%f79,%f80,%f81,%f82};
bra.uni $L__BB0_69;
$L__BB0_50:
and.b32 %r240,%r43,2147483647;
setp.gt.u32 %p41,%r240,2139095040;
shr.u32 %r241,%r43,16;
and.b32 %r242,%r241,1;
add.s32 %r243,%r43,%r242;
add.s32 %r244,%r243,32767;
or.b32 %r245,%r43,4194304;
selp.b32 %r246,%r245,%r244,%p41;
and.b32 %r247,%r44,2147483647;
setp.gt.u32 %p42,%r247,2139095040;
shr.u32 %r248,%r44,16;
and.b32 %r249,%r248,1;
add.s32 %r250,%r44,%r249;
add.s32 %r251,%r250,32767;
or.b32 %r252,%r44,4194304;
selp.b32 %r253,%r252,%r251,%p42;
mov.u32 %r254,30258;
prmt.b32 %r314,%r246,%r253,%r254;
and.b32 %r255,%r45,2147483647;
setp.gt.u32 %p43,%r255,2139095040;
shr.u32 %r256,%r45,16;
and.b32 %r257,%r256,1;
add.s32 %r258,%r45,%r257;
add.s32 %r259,%r258,32767;
or.b32 %r260,%r45,4194304;
selp.b32 %r261,%r260,%r259,%p43;
and.b32 %r262,%r46,2147483647;
setp.gt.u32 %p44,%r262,2139095040;
shr.u32 %r263,%r46,16;
and.b32 %r264,%r263,1;
add.s32 %r265,%r46,%r264;
add.s32 %r266,%r265,32767;
or.b32 %r267,%r46,4194304;
selp.b32 %r268,%r267,%r266,%p44;
prmt.b32 %r315,%r261,%r268,%r254;
and.b32 %r269,%r47,2147483647;
setp.gt.u32 %p45,%r269,2139095040;
shr.u32 %r270,%r47,16;
and.b32 %r271,%r270,1;
add.s32 %r272,%r47,%r271;
add.s32 %r273,%r272,32767;
or.b32 %r274,%r47,4194304;
selp.b32 %r275,%r274,%r273,%p45;
and.b32 %r276,%r48,2147483647;
setp.gt.u32 %p46,%r276,2139095040;
shr.u32 %r277,%r48,16;
and.b32 %r278,%r277,1;
add.s32 %r279,%r48,%r278;
add.s32 %r280,%r279,32767;
or.b32 %r281,%r48,4194304;
selp.b32 %r282,%r281,%r280,%p46;
prmt.b32 %r316,%r275,%r282,%r254;
and.b32 %r283,%r49,2147483647;
setp.gt.u32 %p47,%r283,2139095040;
shr.u32 %r284,%r49,16;
and.b32 %r285,%r284,1;
add.s32 %r286,%r49,%r285;
add.s32 %r287,%r286,32767;
or.b32 %r288,%r49,4194304;
selp.b32 %r289,%r288,%r287,%p47;
and.b32 %r290,%r50,2147483647;
setp.gt.u32 %p48,%r290,2139095040;
shr.u32 %r291,%r50,16;
and.b32 %r292,%r291,1;
add.s32 %r293,%r50,%r292;
add.s32 %r294,%r293,32767;
or.b32 %r295,%r50,4194304;
selp.b32 %r296,%r295,%r294,%p48;
prmt.b32 %r317,%r289,%r296,%r254;
$L__BB0_51:
mul.wide.u32 %rd95,%r312,2;
add.s64 %rd11,%rd8,%rd95;
@%p1 bra $L__BB0_68;
bra.uni $L__BB0_52;
$L__BB0_68:
st.global.v4.u32 [%rd11], {%r314,%r315,%r316,%r317};
bra.uni $L__BB0_69;
$L__BB0_52:
setp.eq.s32 %p49,%r51,0;
@%p49 bra $L__BB0_54;
st.global.u16 [%rd11],%r314;
$L__BB0_54:
setp.lt.u32 %p50,%r51,2;
@%p50 bra $L__BB0_56;
shr.u32 %r297,%r314,16;
st.global.u16 [%rd11+2],%r297;
$L__BB0_56:
setp.lt.u32 %p51,%r51,3;
@%p51 bra $L__BB0_58;
st.global.u16 [%rd11+4],%r315;
$L__BB0_58:
setp.lt.u32 %p52,%r51,4;
@%p52 bra $L__BB0_60;
shr.u32 %r298,%r315,16;
st.global.u16 [%rd11+6],%r298;
$L__BB0_60:
setp.lt.u32 %p53,%r51,5;
@%p53 bra $L__BB0_62;
st.global.u16 [%rd11+8],%r316;
$L__BB0_62:
setp.lt.u32 %p54,%r51,6;
@%p54 bra $L__BB0_64;
shr.u32 %r299,%r316,16;
st.global.u16 [%rd11+10],%r299;
$L__BB0_64:
setp.lt.u32 %p55,%r51,7;
@%p55 bra $L__BB0_66;
st.global.u16 [%rd11+12],%r317;
$L__BB0_66:
setp.lt.u32 %p56,%r51,8;
@%p56 bra $L__BB0_69;
shr.u32 %r300,%r317,16;
st.global.u16 [%rd11+14],%r300;
bra.uni $L__BB0_69;
$L__BB0_33:
setp.eq.s32 %p28,%r51,0;
shl.b64 %rd91,%rd9,2;
add.s64 %rd10,%rd8,%rd91;
@%p28 bra $L__BB0_35;
st.global.f32 [%rd10],%f18;
$L__BB0_35:
setp.lt.u32 %p29,%r51,2;
@%p29 bra $L__BB0_37;
st.global.f32 [%rd10+4],%f24;
$L__BB0_37:
setp.lt.u32 %p30,%r51,3;
@%p30 bra $L__BB0_39;
st.global.f32 [%rd10+8],%f30;
$L__BB0_39:
setp.lt.u32 %p31,%r51,4;
@%p31 bra $L__BB0_41;
st.global.f32 [%rd10+12],%f36;
$L__BB0_41:
setp.lt.u32 %p32,%r51,5;
@%p32 bra $L__BB0_43;
st.global.f32 [%rd10+16],%f42;
$L__BB0_43:
setp.lt.u32 %p33,%r51,6;
@%p33 bra $L__BB0_45;
st.global.f32 [%rd10+20],%f48;
$L__BB0_45:
setp.lt.u32 %p34,%r51,7;
@%p34 bra $L__BB0_47;
st.global.f32 [%rd10+24],%f54;
$L__BB0_47:
setp.lt.u32 %p35,%r51,8;
@%p35 bra $L__BB0_69;
st.global.f32 [%rd10+28],%f60;
$L__BB0_69:
add.s32 %r313,%r313,256;
shl.b32 %r312,%r313,3;
setp.lt.u32 %p57,%r312,%r2;
@%p57 bra $L__BB0_26;
$L__BB0_70:
bar.sync 0;
mov.u32 %r301,%nctaid.x;
cvt.u64.u32 %rd96,%r301;
add.s64 %rd101,%rd101,%rd96;
setp.lt.u64 %p59,%rd101,%rd19;
@%p59 bra $L__BB0_2;
$L__BB0_71:
ret;
}
)ptx"},
{tensor_type::iq1_s, R"ptx(.version 8.0
.target sm_70
.address_size 64
.global .align 8 .b8 _ZN45_4cria2v03gpu7kernels6detail10iq1_s_gridE[16384] = {248,248,248,248,248,248,248,248,8,248,248,248,248,248,248,248,0,0,248,248,248,248,248,248,248,8,248,248,248,248,248,248,8,8,248,248,248,248,248,248,0,248,0,248,248,248,248,248,0,0,0,248,248,248,248,248,248,248,8,248,248,248,248,248,8,248,8,248,248,248,248,248,248,8,8,248,248,248,248,248,8,8,8,248,248,248,248,248,0,0,248,0,248,248,248,248,0,248,0,0,248,248,248,248,248,0,0,0,248,248,248,248,8,0,0,0,248,248,248,248,0,0,8,0,248,248,248,248,248,248,248,8,248,248,248,248,8,248,248,8,248,248,248,248,248,8,248,8,248,248,248,248,8,8,248,8,248,248,248,248,0,0,0,8,248,248,248,248,248,248,8,8,248,248,248,248,8,248,8,8,248,248,248,248,248,8,8,8,248,248,248,248,8,8,8,8,248,248,248,248,248,0,248,248,0,248,248,248,0,0,248,248,0,248,248,248,0,248,0,248,0,248,248,248,248,0,0,248,0,248,248,248,8,0,0,248,0,248,248,248,0,8,0,248,0,248,248,248,8,8,0,248,0,248,248,248,0,0,8,248,0,248,248,248,0,248,248,0,0,248,248,248,8,0,248,0,0,248,248,248,0,8,248,0,0,248,248,248,8,248,0,0,0,248,248,248,0,0,0,0,0,248,248,248,8,8,0,0,0,248,248,248,0,248,8,0,0,248,248,248,248,0,8,0,0,248,248,248,8,0,8,0,0,248,248,248,248,8,8,0,0,248,248,248,0,0,248,8,0,248,248,248,0,248,0,8,0,248,248,248,248,0,0,8,0,248,248,248,8,0,0,8,0,248,248,248,0,0,8,8,0,248,248,248,248,248,248,248,8,248,248,248,8,248,248,248,8,248,248,248,248,8,248,248,8,248,248,248,8,8,248,248,8,248,248,248,0,0,0,248,8,248,248,248,248,248,8,248,8,248,248,248,8,248,8,248,8,248,248,248,248,8,8,248,8,248,248,248,8,8,8,248,8,248,248,248,0,0,248,0,8,248,248,248,0,248,0,0,8,248,248,248,0,8,0,0,8,248,248,248,248,0,8,0,8,248,248,248,0,8,8,0,8,248,248,248,248,248,248,8,8,248,248,248,8,248,248,8,8,248,248,248,248,8,248,8,8,248,248,248,8,8,248,8,8,248,248,248,0,248,0,8,8,248,248,248,0,0,0,8,8,248,248,248,0,8,0,8,8,248,248,248,248,248,8,8,8,248,248,248,8,248,8,8,8,248,248,248,248,8,8,8,8,248,248,248,8,8,8,8,8,248,248,248,0,248,0,248,248,0,248,248,248,0,0,248,248,0,248,248,8,0,0,248,248,0,248,248,0,0,8,248,248,0,248,248,0,248,248,0,248,0,248,248,0,8,248,0,248,0,248,248,0,0,0,0,248,0,248,248,8,8,0,0,248,0,248,248,248,0,8,0,248,0,248,248,0,0,8,0,248,0,248,248,0,248,0,8,248,0,248,248,0,8,0,8,248,0,248,248,0,0,8,8,248,0,248,248,0,248,248,248,0,0,248,248,248,0,248,248,0,0,248,248,0,0,248,248,0,0,248,248,8,0,248,248,0,0,248,248,0,0,0,248,0,0,248,248,248,8,0,248,0,0,248,248,8,8,0,248,0,0,248,248,0,8,8,248,0,0,248,248,248,248,248,0,0,0,248,248,0,0,248,0,0,0,248,248,8,8,248,0,0,0,248,248,248,248,0,0,0,0,248,248,0,248,0,0,0,0,248,248,248,0,0,0,0,0,248,248,0,0,0,0,0,0,248,248,8,0,0,0,0,0,248,248,0,8,0,0,0,0,248,248,248,248,8,0,0,0,248,248,8,248,8,0,0,0,248,248,0,0,8,0,0,0,248,248,248,8,8,0,0,0,248,248,8,8,8,0,0,0,248,248,0,248,248,8,0,0,248,248,0,248,0,8,0,0,248,248,0,0,0,8,0,0,248,248,248,8,0,8,0,0,248,248,8,8,0,8,0,0,248,248,0,248,8,8,0,0,248,248,248,0,8,8,0,0,248,248,0,0,8,8,0,0,248,248,8,0,8,8,0,0,248,248,0,8,8,8,0,0,248,248,248,0,0,248,8,0,248,248,0,8,0,248,8,0,248,248,0,248,248,0,8,0,248,248,248,0,248,0,8,0,248,248,248,248,0,0,8,0,248,248,8,248,0,0,8,0,248,248,0,0,0,0,8,0,248,248,248,8,0,0,8,0,248,248,248,248,8,0,8,0,248,248,0,248,8,0,8,0,248,248,8,0,8,0,8,0,248,248,0,8,8,0,8,0,248,248,0,0,248,8,8,0,248,248,0,248,0,8,8,0,248,248,248,0,0,8,8,0,248,248,0,8,0,8,8,0,248,248,248,248,248,248,248,8,248,248,8,248,248,248,248,8,248,248,248,8,248,248,248,8,248,248,8,8,248,248,248,8,248,248,0,0,0,248,248,8,248,248,248,248,8,248,248,8,248,248,8,248,8,248,248,8,248,248,248,8,8,248,248,8,248,248,8,8,8,248,248,8,248,248,0,0,248,0,248,8,248,248,0,248,0,0,248,8,248,248,8,0,0,0,248,8,248,248,0,0,8,0,248,8,248,248,248,248,248,8,248,8,248,248,8,248,248,8,248,8,248,248,248,8,248,8,248,8,248,248,8,8,248,8,248,8,248,248,0,0,0,8,248,8,248,248,248,248,8,8,248,8,248,248,8,248,8,8,248,8,248,248,248,8,8,8,248,8,248,248,8,8,8,8,248,8,248,248,0,0,248,248,0,8,248,248,0,248,0,248,0,8,248,248,248,0,0,248,0,8,248,248,0,8,0,248,0,8,248,248,248,0,8,248,0,8,248,248,0,0,8,248,0,8,248,248,0,248,248,0,0,8,248,248,248,248,0,0,0,8,248,248,0,248,0,0,0,8,248,248,0,0,0,0,0,8,248,248,0,248,8,0,0,8,248,248,248,0,8,0,0,8,248,248,0,8,8,0,0,8,248,248,0,248,0,8,0,8,248,248,248,0,0,8,0,8,248,248,8,0,0,8,0,8,248,248,0,8,0,8,0,8,248,248,0,0,8,8,0,8,248,248,248,248,248,248,8,8,248,248,8,248,248,248,8,8,248,248,248,8,248,248,8,8,248,248,8,8,248,248,8,8,248,248,0,0,0,248,8,8,248,248,248,248,8,248,8,8,248,248,8,248,8,248,8,8,248,248,248,8,8,248,8,8,248,248,8,8,8,248,8,8,248,248,0,0,248,0,8,8,248,248,0,248,0,0,8,8,248,248,0,8,0,0,8,8,248,248,0,248,8,0,8,8,248,248,0,0,8,0,8,8,248,248,248,248,248,8,8,8,248,248,8,248,248,8,8,8,248,248,0,0,248,8,8,8,248,248,248,8,248,8,8,8,248,248,8,8,248,8,8,8,248,248,0,0,0,8,8,8,248,248,248,248,8,8,8,8,248,248,8,248,8,8,8,8,248,248,248,8,8,8,8,8,248,248,8,8,8,8,8,8,248,248,248,248,0,248,248,248,0,248,0,248,0,248,248,248,0,248,248,0,0,248,248,248,0,248,0,8,0,248,248,248,0,248,248,0,8,248,248,248,0,248,0,0,8,248,248,248,0,248,0,248,248,0,248,248,0,248,248,0,248,0,248,248,0,248,248,248,0,0,248,248,0,248,0,0,0,0,248,248,0,248,248,8,0,0,248,248,0,248,0,248,8,0,248,248,0,248,248,0,8,0,248,248,0,248,0,0,8,0,248,248,0,248,0,8,8,0,248,248,0,248,0,248,0,8,248,248,0,248,248,0,0,8,248,248,0,248,8,0,0,8,248,248,0,248,0,248,8,8,248,248,0,248,0,0,8,8,248,248,0,248,0,248,248,248,0,248,0,248,248,0,248,248,0,248,0,248,8,0,248,248,0,248,0,248,0,8,248,248,0,248,0,248,248,248,0,248,0,248,0,248,8,248,0,248,0,248,0,248,0,0,0,248,0,248,0,248,248,8,0,248,0,248,0,248,0,248,8,248,0,248,0,248,248,0,8,248,0,248,0,248,0,8,8,248,0,248,0,248,0,0,248,0,0,248,0,248,8,8,248,0,0,248,0,248,248,248,0,0,0,248,0,248,0,248,0,0,0,248,0,248,8,248,0,0,0,248,0,248,248,0,0,0,0,248,0,248,0,0,0,0,0,248,0,248,8,0,0,0,0,248,0,248,0,8,0,0,0,248,0,248,248,248,8,0,0,248,0,248,0,0,8,0,0,248,0,248,248,0,248,8,0,248,0,248,8,248,0,8,0,248,0,248,0,0,0,8,0,248,0,248,0,248,8,8,0,248,0,248,248,0,8,8,0,248,0,248,0,248,0,248,8,248,0,248,248,0,0,248,8,248,0,248,8,0,0,248,8,248,0,248,0,0,8,248,8,248,0,248,248,248,248,0,8,248,0,248,8,0,248,0,8,248,0,248,0,8,248,0,8,248,0,248,8,248,0,0,8,248,0,248,0,0,0,0,8,248,0,248,248,8,0,0,8,248,0,248,8,8,0,0,8,248,0,248,248,0,8,0,8,248,0,248,8,0,8,0,8,248,0,248,0,0,248,8,8,248,0,248,0,248,0,8,8,248,0,248,248,0,0,8,8,248,0,248,8,0,0,8,8,248,0,248,0,0,8,8,8,248,0,248,0,248,248,248,248,0,0,248,8,0,248,248,248,0,0,248,0,8,248,248,248,0,0,248,248,0,0,248,248,0,0,248,0,0,0,248,248,0,0,248,248,8,0,248,248,0,0,248,0,8,0,248,248,0,0,248,0,248,8,248,248,0,0,248,8,0,8,248,248,0,0,248,0,248,248,0,248,0,0,248,0,0,248,0,248,0,0,248,8,0,248,0,248,0,0,248,248,8,248,0,248,0,0,248,8,8,248,0,248,0,0,248,0,248,0,0,248,0,0,248,248,0,0,0,248,0,0,248,0,0,0,0,248,0,0,248,8,0,0,0,248,0,0,248,0,8,0,0,248,0,0,248,8,248,8,0,248,0,0,248,0,0,8,0,248,0,0,248,248,8,8,0,248,0,0,248,248,0,248,8,248,0,0,248,0,8,248,8,248,0,0,248,248,248,0,8,248,0,0,248,248,0,0,8,248,0,0,248,0,0,0,8,248,0,0,248,248,8,0,8,248,0,0,248,0,8,0,8,248,0,0,248,8,8,0,8,248,0,0,248,0,248,8,8,248,0,0,248,248,0,8,8,248,0,0,248,0,0,8,8,248,0,0,248,0,8,8,8,248,0,0,248,8,248,248,248,0,0,0,248,0,0,248,248,0,0,0,248,8,8,248,248,0,0,0,248,0,248,0,248,0,0,0,248,248,0,0,248,0,0,0,248,0,0,0,248,0,0,0,248,8,0,0,248,0,0,0,248,0,8,0,248,0,0,0,248,248,248,8,248,0,0,0,248,8,248,8,248,0,0,0,248,0,0,8,248,0,0,0,248,248,8,8,248,0,0,0,248,8,8,8,248,0,0,0,248,0,248,248,0,0,0,0,248,248,0,248,0,0,0,0,248,0,0,248,0,0,0,0,248,8,0,248,0,0,0,0,248,0,248,0,0,0,0,0,248,8,248,0,0,0,0,0,248,248,0,0,0,0,0,0,248,0,0,0,0,0,0,0,248,8,0,0,0,0,0,0,248,0,8,0,0,0,0,0,248,8,8,0,0,0,0,0,248,0,248,8,0,0,0,0,248,248,0,8,0,0,0,0,248,0,0,8,0,0,0,0,248,8,0,8,0,0,0,0,248,0,8,8,0,0,0,0,248,248,248,248,8,0,0,0,248,8,248,248,8,0,0,0,248,248,0,248,8,0,0,0,248,0,0,248,8,0,0,0,248,248,8,248,8,0,0,0,248,8,8,248,8,0,0,0,248,248,248,0,8,0,0,0,248,0,248,0,8,0,0,0,248,248,0,0,8,0,0,0,248,0,0,0,8,0,0,0,248,8,0,0,8,0,0,0,248,0,8,0,8,0,0,0,248,8,8,0,8,0,0,0,248,248,248,8,8,0,0,0,248,8,248,8,8,0,0,0,248,0,0,8,8,0,0,0,248,0,248,248,248,8,0,0,248,248,0,248,248,8,0,0,248,0,0,248,248,8,0,0,248,8,0,248,248,8,0,0,248,0,0,0,248,8,0,0,248,8,0,0,248,8,0,0,248,248,8,0,248,8,0,0,248,8,8,0,248,8,0,0,248,0,248,8,248,8,0,0,248,8,0,8,248,8,0,0,248,248,248,248,0,8,0,0,248,8,248,248,0,8,0,0,248,248,0,248,0,8,0,0,248,0,0,248,0,8,0,0,248,248,8,248,0,8,0,0,248,8,8,248,0,8,0,0,248,0,248,0,0,8,0,0,248,0,0,0,0,8,0,0,248,8,0,0,0,8,0,0,248,248,8,0,0,8,0,0,248,0,8,0,0,8,0,0,248,0,248,8,0,8,0,0,248,248,0,8,0,8,0,0,248,0,0,8,0,8,0,0,248,248,8,8,0,8,0,0,248,0,8,8,0,8,0,0,248,8,8,8,0,8,0,0,248,8,0,248,8,8,0,0,248,8,8,248,8,8,0,0,248,8,248,0,8,8,0,0,248,0,0,0,8,8,0,0,248,248,0,8,8,8,0,0,248,0,8,8,8,8,0,0,248,0,248,0,248,248,8,0,248,8,0,0,248,248,8,0,248,0,0,8,248,248,8,0,248,0,248,248,0,248,8,0,248,248,0,248,0,248,8,0,248,8,0,248,0,248,8,0,248,0,8,248,0,248,8,0,248,248,248,0,0,248,8,0,248,0,0,0,0,248,8,0,248,248,8,0,0,248,8,0,248,8,8,0,0,248,8,0,248,248,248,8,0,248,8,0,248,0,248,8,0,248,8,0,248,248,0,8,0,248,8,0,248,8,0,8,0,248,8,0,248,0,8,8,0,248,8,0,248,0,0,248,8,248,8,0,248,0,248,0,8,248,8,0,248,248,0,0,8,248,8,0,248,0,0,8,8,248,8,0,248,248,248,0,248,0,8,0,248,8,248,0,248,0,8,0,248,0,0,0,248,0,8,0,248,8,8,0,248,0,8,0,248,0,248,8,248,0,8,0,248,0,0,8,248,0,8,0,248,8,248,248,0,0,8,0,248,248,0,248,0,0,8,0,248,0,0,248,0,0,8,0,248,248,8,248,0,0,8,0,248,0,248,0,0,0,8,0,248,248,0,0,0,0,8,0,248,0,0,0,0,0,8,0,248,8,0,0,0,0,8,0,248,0,8,0,0,0,8,0,248,8,8,0,0,0,8,0,248,248,248,8,0,0,8,0,248,0,0,8,0,0,8,0,248,8,8,8,0,0,8,0,248,0,8,248,8,0,8,0,248,0,248,0,8,0,8,0,248,8,248,0,8,0,8,0,248,0,0,0,8,0,8,0,248,248,8,0,8,0,8,0,248,0,248,8,8,0,8,0,248,8,0,8,8,0,8,0,248,0,8,8,8,0,8,0,248,0,8,248,248,8,8,0,248,8,0,0,248,8,8,0,248,248,0,8,248,8,8,0,248,8,0,8,248,8,8,0,248,248,0,248,0,8,8,0,248,8,0,248,0,8,8,0,248,0,8,248,0,8,8,0,248,248,248,0,0,8,8,0,248,8,248,0,0,8,8,0,248,0,0,0,0,8,8,0,248,248,8,0,0,8,8,0,248,0,248,8,0,8,8,0,248,8,0,8,0,8,8,0,248,0,8,8,0,8,8,0,248,0,0,248,8,8,8,0,248,0,248,0,8,8,8,0,248,8,0,0,8,8,8,0,248,8,8,0,8,8,8,0,248,248,248,248,248,248,248,8,248,8,248,248,248,248,248,8,248,248,8,248,248,248,248,8,248,8,8,248,248,248,248,8,248,0,0,0,248,248,248,8,248,248,248,8,248,248,248,8,248,8,248,8,248,248,248,8,248,0,0,8,248,248,248,8,248,248,8,8,248,248,248,8,248,8,8,8,248,248,248,8,248,0,0,248,0,248,248,8,248,0,248,0,0,248,248,8,248,0,8,0,0,248,248,8,248,0,248,8,0,248,248,8,248,0,0,8,0,248,248,8,248,248,248,248,8,248,248,8,248,8,248,248,8,248,248,8,248,248,8,248,8,248,248,8,248,8,8,248,8,248,248,8,248,0,0,0,8,248,248,8,248,248,248,8,8,248,248,8,248,8,248,8,8,248,248,8,248,0,0,8,8,248,248,8,248,248,8,8,8,248,248,8,248,8,8,8,8,248,248,8,248,0,0,248,248,0,248,8,248,0,248,0,248,0,248,8,248,248,0,0,248,0,248,8,248,0,8,0,248,0,248,8,248,0,0,8,248,0,248,8,248,8,248,248,0,0,248,8,248,248,0,248,0,0,248,8,248,0,8,248,0,0,248,8,248,0,0,0,0,0,248,8,248,248,8,0,0,0,248,8,248,8,8,0,0,0,248,8,248,0,248,8,0,0,248,8,248,248,0,8,0,0,248,8,248,0,0,8,0,0,248,8,248,8,0,8,0,0,248,8,248,0,0,248,8,0,248,8,248,248,248,0,8,0,248,8,248,8,0,0,8,0,248,8,248,0,8,0,8,0,248,8,248,0,0,8,8,0,248,8,248,0,248,248,248,8,248,8,248,248,8,248,248,8,248,8,248,8,8,248,248,8,248,8,248,0,248,0,248,8,248,8,248,0,0,0,248,8,248,8,248,248,248,8,248,8,248,8,248,8,248,8,248,8,248,8,248,248,8,8,248,8,248,8,248,8,8,8,248,8,248,8,248,0,0,248,0,8,248,8,248,0,248,0,0,8,248,8,248,8,0,0,0,8,248,8,248,0,8,0,0,8,248,8,248,0,0,8,0,8,248,8,248,0,248,248,8,8,248,8,248,248,8,248,8,8,248,8,248,8,8,248,8,8,248,8,248,0,248,0,8,8,248,8,248,0,0,0,8,8,248,8,248,248,248,8,8,8,248,8,248,8,248,8,8,8,248,8,248,248,8,8,8,8,248,8,248,8,8,8,8,8,248,8,248,0,0,248,248,248,0,8,248,248,0,0,248,248,0,8,248,8,0,0,248,248,0,8,248,0,8,0,248,248,0,8,248,0,0,8,248,248,0,8,248,248,0,248,0,248,0,8,248,0,0,248,0,248,0,8,248,8,0,248,0,248,0,8,248,0,8,248,0,248,0,8,248,8,248,0,0,248,0,8,248,0,0,0,0,248,0,8,248,248,8,0,0,248,0,8,248,8,8,0,0,248,0,8,248,8,0,8,0,248,0,8,248,0,0,248,8,248,0,8,248,0,248,0,8,248,0,8,248,248,0,0,8,248,0,8,248,0,8,0,8,248,0,8,248,0,248,8,8,248,0,8,248,0,0,8,8,248,0,8,248,0,8,248,248,0,0,8,248,0,0,0,248,0,0,8,248,0,248,8,248,0,0,8,248,0,8,8,248,0,0,8,248,248,248,248,0,0,0,8,248,0,0,248,0,0,0,8,248,248,8,248,0,0,0,8,248,0,248,0,0,0,0,8,248,248,0,0,0,0,0,8,248,0,0,0,0,0,0,8,248,0,8,0,0,0,0,8,248,8,248,8,0,0,0,8,248,0,0,8,0,0,0,8,248,248,8,8,0,0,0,8,248,0,8,248,8,0,0,8,248,248,248,0,8,0,0,8,248,248,0,0,8,0,0,8,248,0,0,0,8,0,0,8,248,248,8,0,8,0,0,8,248,8,8,0,8,0,0,8,248,0,248,8,8,0,0,8,248,248,0,8,8,0,0,8,248,8,0,8,8,0,0,8,248,0,8,8,8,0,0,8,248,0,0,248,248,8,0,8,248,248,248,0,248,8,0,8,248,8,248,0,248,8,0,8,248,0,8,0,248,8,0,8,248,0,0,8,248,8,0,8,248,0,248,248,0,8,0,8,248,0,8,248,0,8,0,8,248,0,0,0,0,8,0,8,248,248,248,8,0,8,0,8,248,0,248,8,0,8,0,8,248,0,8,8,0,8,0,8,248,248,0,248,8,8,0,8,248,8,0,248,8,8,0,8,248,248,248,0,8,8,0,8,248,8,8,0,8,8,0,8,248,248,248,248,248,248,8,8,248,8,248,248,248,248,8,8,248,248,8,248,248,248,8,8,248,8,8,248,248,248,8,8,248,0,0,0,248,248,8,8,248,248,248,8,248,248,8,8,248,8,248,8,248,248,8,8,248,248,8,8,248,248,8,8,248,8,8,8,248,248,8,8,248,0,0,248,0,248,8,8,248,0,248,0,0,248,8,8,248,248,0,0,0,248,8,8,248,0,0,8,0,248,8,8,248,248,248,248,8,248,8,8,248,8,248,248,8,248,8,8,248,248,8,248,8,248,8,8,248,8,8,248,8,248,8,8,248,248,248,8,8,248,8,8,248,8,248,8,8,248,8,8,248,248,8,8,8,248,8,8,248,8,8,8,8,248,8,8,248,0,8,248,248,0,8,8,248,0,248,0,248,0,8,8,248,248,0,0,248,0,8,8,248,0,8,0,248,0,8,8,248,0,0,8,248,0,8,8,248,8,0,248,0,0,8,8,248,0,8,248,0,0,8,8,248,8,248,0,0,0,8,8,248,0,0,0,0,0,8,8,248,0,248,8,0,0,8,8,248,248,0,8,0,0,8,8,248,8,0,8,0,0,8,8,248,0,8,8,0,0,8,8,248,0,0,248,8,0,8,8,248,248,248,0,8,0,8,8,248,8,0,0,8,0,8,8,248,0,8,0,8,0,8,8,248,248,0,8,8,0,8,8,248,0,0,8,8,0,8,8,248,248,248,248,248,8,8,8,248,8,248,248,248,8,8,8,248,248,8,248,248,8,8,8,248,8,8,248,248,8,8,8,248,248,248,8,248,8,8,8,248,8,248,8,248,8,8,8,248,248,8,8,248,8,8,8,248,8,8,8,248,8,8,8,248,0,0,248,0,8,8,8,248,0,248,0,0,8,8,8,248,8,0,0,0,8,8,8,248,0,8,0,0,8,8,8,248,0,0,8,0,8,8,8,248,248,248,248,8,8,8,8,248,8,248,248,8,8,8,8,248,248,8,248,8,8,8,8,248,8,8,248,8,8,8,8,248,0,0,0,8,8,8,8,248,248,248,8,8,8,8,8,248,8,248,8,8,8,8,8,248,248,8,8,8,8,8,8,248,8,8,8,8,8,8,8,248,0,0,248,248,248,248,248,0,0,248,0,248,248,248,248,0,8,0,0,248,248,248,248,0,0,0,8,248,248,248,248,0,0,8,248,0,248,248,248,0,8,248,0,0,248,248,248,0,0,0,0,0,248,248,248,0,248,8,0,0,248,248,248,0,8,8,0,0,248,248,248,0,0,248,8,0,248,248,248,0,248,0,8,0,248,248,248,0,8,0,8,0,248,248,248,0,248,0,0,8,248,248,248,0,0,8,0,8,248,248,248,0,0,248,8,8,248,248,248,0,8,0,8,8,248,248,248,0,248,248,248,248,0,248,248,0,0,248,248,248,0,248,248,0,248,0,248,248,0,248,248,0,8,0,248,248,0,248,248,0,0,8,248,248,0,248,248,0,8,248,0,248,0,248,248,0,0,0,0,248,0,248,248,0,8,0,0,248,0,248,248,0,248,8,0,248,0,248,248,0,8,8,0,248,0,248,248,0,0,248,8,248,0,248,248,0,8,0,8,248,0,248,248,0,0,8,8,248,0,248,248,0,0,0,248,0,0,248,248,0,248,8,248,0,0,248,248,0,8,8,248,0,0,248,248,0,0,248,0,0,0,248,248,0,248,0,0,0,0,248,248,0,0,0,0,0,0,248,248,0,8,0,0,0,0,248,248,0,0,8,0,0,0,248,248,0,8,8,0,0,0,248,248,0,0,0,8,0,0,248,248,0,248,8,8,0,0,248,248,0,8,8,8,0,0,248,248,0,0,248,248,8,0,248,248,0,248,0,248,8,0,248,248,0,8,0,248,8,0,248,248,0,248,248,0,8,0,248,248,0,8,248,0,8,0,248,248,0,0,0,0,8,0,248,248,0,248,248,8,8,0,248,248,0,0,248,8,8,0,248,248,0,8,248,8,8,0,248,248,0,0,0,248,248,8,248,248,0,0,248,0,248,8,248,248,0,248,0,0,248,8,248,248,0,8,0,0,248,8,248,248,0,0,0,8,248,8,248,248,0,0,248,248,0,8,248,248,0,8,248,0,0,8,248,248,0,0,0,0,0,8,248,248,0,8,8,0,0,8,248,248,0,248,0,8,0,8,248,248,0,0,8,8,0,8,248,248,0,0,8,248,8,8,248,248,0,248,0,0,8,8,248,248,0,0,0,8,8,8,248,248,0,0,248,248,248,248,0,248,0,0,0,0,248,248,0,248,0,0,8,0,248,248,0,248,0,0,8,8,248,248,0,248,0,0,0,248,0,248,0,248,0,248,8,248,0,248,0,248,0,8,8,248,0,248,0,248,0,0,248,0,0,248,0,248,0,248,0,0,0,248,0,248,0,0,0,0,0,248,0,248,0,8,0,0,0,248,0,248,0,0,248,8,0,248,0,248,0,8,248,8,0,248,0,248,0,0,0,8,0,248,0,248,0,248,8,8,0,248,0,248,0,8,8,8,0,248,0,248,0,0,248,248,8,248,0,248,0,8,0,248,8,248,0,248,0,0,8,248,8,248,0,248,0,248,248,0,8,248,0,248,0,8,248,0,8,248,0,248,0,0,0,0,8,248,0,248,0,248,248,8,8,248,0,248,0,0,248,8,8,248,0,248,0,0,8,8,8,248,0,248,0,0,248,248,248,0,0,248,0,8,248,248,248,0,0,248,0,0,0,248,248,0,0,248,0,8,8,248,248,0,0,248,0,0,248,0,248,0,0,248,0,248,0,0,248,0,0,248,0,0,0,0,248,0,0,248,0,8,0,0,248,0,0,248,0,0,8,0,248,0,0,248,0,248,248,8,248,0,0,248,0,0,0,8,248,0,0,248,0,8,8,8,248,0,0,248,0,0,248,248,0,0,0,248,0,248,0,248,0,0,0,248,0,0,0,248,0,0,0,248,0,8,0,248,0,0,0,248,0,0,8,248,0,0,0,248,0,248,248,0,0,0,0,248,0,0,248,0,0,0,0,248,0,248,0,0,0,0,0,248,0,0,0,0,0,0,0,248,0,8,0,0,0,0,0,248,0,248,8,0,0,0,0,248,0,0,8,0,0,0,0,248,0,0,248,8,0,0,0,248,0,248,0,8,0,0,0,248,0,0,0,8,0,0,0,248,0,8,0,8,0,0,0,248,0,0,8,8,0,0,0,248,0,8,248,248,8,0,0,248,0,248,0,248,8,0,0,248,0,0,0,248,8,0,0,248,0,248,8,248,8,0,0,248,0,0,248,0,8,0,0,248,0,248,0,0,8,0,0,248,0,0,0,0,8,0,0,248,0,8,0,0,8,0,0,248,0,0,8,0,8,0,0,248,0,8,8,0,8,0,0,248,0,0,0,8,8,0,0,248,0,248,8,8,8,0,0,248,0,8,8,8,8,0,0,248,0,0,248,248,248,8,0,248,0,0,0,248,248,8,0,248,0,0,8,248,248,8,0,248,0,248,0,0,248,8,0,248,0,0,0,0,248,8,0,248,0,248,8,0,248,8,0,248,0,8,8,0,248,8,0,248,0,0,248,8,248,8,0,248,0,248,0,8,248,8,0,248,0,0,8,8,248,8,0,248,0,248,248,248,0,8,0,248,0,8,248,248,0,8,0,248,0,0,0,248,0,8,0,248,0,248,8,248,0,8,0,248,0,248,248,0,0,8,0,248,0,0,248,0,0,8,0,248,0,8,248,0,0,8,0,248,0,0,0,0,0,8,0,248,0,8,0,0,0,8,0,248,0,0,8,0,0,8,0,248,0,8,248,8,0,8,0,248,0,0,0,8,0,8,0,248,0,248,8,8,0,8,0,248,0,0,248,248,8,8,0,248,0,0,0,248,8,8,0,248,0,8,8,248,8,8,0,248,0,248,0,0,8,8,0,248,0,0,0,0,8,8,0,248,0,0,248,8,8,8,0,248,0,248,0,8,8,8,0,248,0,8,0,8,8,8,0,248,0,0,0,248,248,248,8,248,0,0,248,0,248,248,8,248,0,0,0,0,248,248,8,248,0,8,8,0,248,248,8,248,0,0,0,8,248,248,8,248,0,8,248,248,0,248,8,248,0,0,8,248,0,248,8,248,0,248,248,0,0,248,8,248,0,0,0,0,0,248,8,248,0,248,8,0,0,248,8,248,0,0,248,8,0,248,8,248,0,248,0,8,0,248,8,248,0,8,0,8,0,248,8,248,0,0,8,8,0,248,8,248,0,0,0,248,8,248,8,248,0,0,248,0,8,248,8,248,0,248,0,0,8,248,8,248,0,8,0,0,8,248,8,248,0,0,8,0,8,248,8,248,0,0,0,8,8,248,8,248,0,0,248,248,248,0,8,248,0,0,0,248,248,0,8,248,0,8,0,248,248,0,8,248,0,8,8,248,248,0,8,248,0,248,248,0,248,0,8,248,0,248,0,0,248,0,8,248,0,0,0,0,248,0,8,248,0,248,8,0,248,0,8,248,0,0,248,8,248,0,8,248,0,248,0,8,248,0,8,248,0,8,0,8,248,0,8,248,0,248,248,248,0,0,8,248,0,0,0,248,0,0,8,248,0,8,8,248,0,0,8,248,0,0,248,0,0,0,8,248,0,8,248,0,0,0,8,248,0,248,0,0,0,0,8,248,0,0,0,0,0,0,8,248,0,8,0,0,0,0,8,248,0,0,8,0,0,0,8,248,0,248,248,8,0,0,8,248,0,8,248,8,0,0,8,248,0,0,0,8,0,0,8,248,0,8,0,8,0,0,8,248,0,8,8,8,0,0,8,248,0,8,0,248,8,0,8,248,0,0,8,248,8,0,8,248,0,8,248,0,8,0,8,248,0,0,0,0,8,0,8,248,0,8,0,0,8,0,8,248,0,248,8,0,8,0,8,248,0,0,248,8,8,0,8,248,0,248,0,8,8,0,8,248,0,8,0,8,8,0,8,248,0,0,8,8,8,0,8,248,0,8,0,0,248,8,8,248,0,248,0,248,0,8,8,248,0,8,0,248,0,8,8,248,0,0,8,248,0,8,8,248,0,0,0,0,0,8,8,248,0,248,8,0,0,8,8,248,0,8,8,0,0,8,8,248,0,248,0,8,0,8,8,248,0,0,8,8,0,8,8,248,0,248,0,0,8,8,8,248,0,0,0,8,8,8,8,248,0,0,248,248,248,248,248,0,0,248,0,248,248,248,248,0,0,0,0,248,248,248,248,0,0,8,0,248,248,248,248,0,0,0,8,248,248,248,248,0,0,8,248,0,248,248,248,0,0,0,0,0,248,248,248,0,0,8,8,0,248,248,248,0,0,0,248,8,248,248,248,0,0,248,0,8,248,248,248,0,0,0,8,8,248,248,248,0,0,248,248,248,0,248,248,0,0,0,0,248,0,248,248,0,0,248,8,248,0,248,248,0,0,0,248,0,0,248,248,0,0,248,0,0,0,248,248,0,0,0,0,0,0,248,248,0,0,8,0,0,0,248,248,0,0,0,8,0,0,248,248,0,0,0,0,8,0,248,248,0,0,248,8,8,0,248,248,0,0,8,0,248,8,248,248,0,0,0,8,248,8,248,248,0,0,0,0,0,8,248,248,0,0,248,8,0,8,248,248,0,0,248,248,8,8,248,248,0,0,0,248,8,8,248,248,0,0,8,0,8,8,248,248,0,0,0,8,8,8,248,248,0,0,0,0,248,248,0,248,0,0,248,8,248,248,0,248,0,0,0,8,248,248,0,248,0,0,8,8,248,248,0,248,0,0,0,248,0,248,0,248,0,0,248,0,0,248,0,248,0,0,0,0,0,248,0,248,0,0,8,0,0,248,0,248,0,0,248,8,0,248,0,248,0,0,0,8,0,248,0,248,0,0,248,248,8,248,0,248,0,0,0,0,8,248,0,248,0,0,8,0,8,248,0,248,0,0,248,8,8,248,0,248,0,0,8,8,8,248,0,248,0,0,0,248,248,0,0,248,0,0,248,0,248,0,0,248,0,0,0,0,248,0,0,248,0,0,8,0,248,0,0,248,0,0,0,8,248,0,0,248,0,0,248,248,0,0,0,248,0,0,0,248,0,0,0,248,0,0,8,248,0,0,0,248,0,0,248,0,0,0,0,248,0,0,0,0,0,0,0,248,0,0,8,0,0,0,0,248,0,0,248,8,0,0,0,248,0,0,0,8,0,0,0,248,0,0,8,8,0,0,0,248,0,0,0,248,8,0,0,248,0,0,248,0,8,0,0,248,0,0,0,0,8,0,0,248,0,0,8,0,8,0,0,248,0,0,0,8,8,0,0,248,0,0,8,248,248,8,0,248,0,0,0,0,248,8,0,248,0,0,0,248,0,8,0,248,0,0,248,0,0,8,0,248,0,0,0,0,0,8,0,248,0,0,8,0,0,8,0,248,0,0,0,8,0,8,0,248,0,0,248,248,8,8,0,248,0,0,0,0,8,8,0,248,0,0,8,8,8,8,0,248,0,0,0,248,248,248,8,248,0,0,8,0,248,248,8,248,0,0,8,248,0,248,8,248,0,0,0,0,0,248,8,248,0,0,8,8,0,248,8,248,0,0,0,248,8,248,8,248,0,0,248,0,8,248,8,248,0,0,8,248,248,0,8,248,0,0,0,0,248,0,8,248,0,0,8,8,248,0,8,248,0,0,0,248,0,0,8,248,0,0,248,0,0,0,8,248,0,0,0,0,0,0,8,248,0,0,8,0,0,0,8,248,0,0,0,8,0,0,8,248,0,0,8,248,8,0,8,248,0,0,0,0,8,0,8,248,0,0,0,0,248,8,8,248,0,0,248,248,0,8,8,248,0,0,8,248,0,8,8,248,0,0,0,0,0,8,8,248,0,0,0,8,0,8,8,248,0,0,8,8,0,8,8,248,0,0,248,0,8,8,8,248,0,0,248,0,248,248,248,0,0,0,0,0,248,248,248,0,0,0,0,248,0,248,248,0,0,0,248,0,0,248,248,0,0,0,0,0,0,248,248,0,0,0,8,0,0,248,248,0,0,0,248,8,0,248,248,0,0,0,0,8,0,248,248,0,0,0,0,248,8,248,248,0,0,0,0,0,8,248,248,0,0,0,248,8,8,248,248,0,0,0,8,8,8,248,248,0,0,0,0,248,248,0,248,0,0,0,248,0,248,0,248,0,0,0,0,0,248,0,248,0,0,0,8,0,248,0,248,0,0,0,0,8,248,0,248,0,0,0,8,8,248,0,248,0,0,0,248,248,0,0,248,0,0,0,0,248,0,0,248,0,0,0,248,0,0,0,248,0,0,0,0,0,0,0,248,0,0,0,8,0,0,0,248,0,0,0,248,8,0,0,248,0,0,0,0,8,0,0,248,0,0,0,8,8,0,0,248,0,0,0,0,248,8,0,248,0,0,0,8,248,8,0,248,0,0,0,248,0,8,0,248,0,0,0,0,0,8,0,248,0,0,0,8,0,8,0,248,0,0,0,0,8,8,0,248,0,0,0,248,248,248,8,248,0,0,0,248,8,248,8,248,0,0,0,8,8,248,8,248,0,0,0,0,248,0,8,248,0,0,0,248,0,0,8,248,0,0,0,0,0,0,8,248,0,0,0,8,0,0,8,248,0,0,0,0,8,0,8,248,0,0,0,0,248,8,8,248,0,0,0,248,0,8,8,248,0,0,0,0,0,8,8,248,0,0,0,8,8,8,8,248,0,0,0,0,248,248,248,0,0,0,0,8,248,248,248,0,0,0,0,248,0,248,248,0,0,0,0,0,0,248,248,0,0,0,0,8,0,248,248,0,0,0,0,0,8,248,248,0,0,0,0,248,248,0,248,0,0,0,0,0,248,0,248,0,0,0,0,8,248,0,248,0,0,0,0,248,0,0,248,0,0,0,0,0,0,0,248,0,0,0,0,8,0,0,248,0,0,0,0,0,8,0,248,0,0,0,0,8,8,0,248,0,0,0,0,0,248,8,248,0,0,0,0,248,0,8,248,0,0,0,0,0,0,8,248,0,0,0,0,8,0,8,248,0,0,0,0,0,8,8,248,0,0,0,0,248,248,248,0,0,0,0,0,0,248,248,0,0,0,0,0,8,248,248,0,0,0,0,0,248,0,248,0,0,0,0,0,0,0,248,0,0,0,0,0,8,0,248,0,0,0,0,0,248,8,248,0,0,0,0,0,0,8,248,0,0,0,0,0,248,248,0,0,0,0,0,0,0,248,0,0,0,0,0,0,8,248,0,0,0,0,0,0,248,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,8,0,0,0,0,0,0,0,248,8,0,0,0,0,0,0,0,8,0,0,0,0,0,0,8,8,0,0,0,0,0,0,248,248,8,0,0,0,0,0,0,248,8,0,0,0,0,0,248,0,8,0,0,0,0,0,0,0,8,0,0,0,0,0,8,0,8,0,0,0,0,0,248,8,8,0,0,0,0,0,0,8,8,0,0,0,0,0,8,8,8,0,0,0,0,0,0,248,248,8,0,0,0,0,248,0,248,8,0,0,0,0,0,0,248,8,0,0,0,0,0,8,248,8,0,0,0,0,8,8,248,8,0,0,0,0,248,248,0,8,0,0,0,0,0,248,0,8,0,0,0,0,248,0,0,8,0,0,0,0,0,0,0,8,0,0,0,0,8,0,0,8,0,0,0,0,248,8,0,8,0,0,0,0,0,8,0,8,0,0,0,0,0,248,8,8,0,0,0,0,248,0,8,8,0,0,0,0,0,0,8,8,0,0,0,0,8,0,8,8,0,0,0,0,0,8,8,8,0,0,0,0,248,248,248,248,8,0,0,0,0,248,248,248,8,0,0,0,8,248,248,248,8,0,0,0,248,0,248,248,8,0,0,0,8,0,248,248,8,0,0,0,248,8,248,248,8,0,0,0,0,8,248,248,8,0,0,0,0,248,0,248,8,0,0,0,248,0,0,248,8,0,0,0,0,0,0,248,8,0,0,0,248,8,0,248,8,0,0,0,0,8,0,248,8,0,0,0,248,248,8,248,8,0,0,0,0,248,8,248,8,0,0,0,8,248,8,248,8,0,0,0,248,0,8,248,8,0,0,0,0,0,8,248,8,0,0,0,8,0,8,248,8,0,0,0,248,8,8,248,8,0,0,0,0,8,8,248,8,0,0,0,0,248,248,0,8,0,0,0,0,0,248,0,8,0,0,0,8,0,248,0,8,0,0,0,248,8,248,0,8,0,0,0,0,8,248,0,8,0,0,0,8,8,248,0,8,0,0,0,248,248,0,0,8,0,0,0,0,248,0,0,8,0,0,0,8,248,0,0,8,0,0,0,248,0,0,0,8,0,0,0,0,0,0,0,8,0,0,0,8,0,0,0,8,0,0,0,248,8,0,0,8,0,0,0,0,8,0,0,8,0,0,0,8,8,0,0,8,0,0,0,0,248,8,0,8,0,0,0,248,0,8,0,8,0,0,0,0,0,8,0,8,0,0,0,0,8,8,0,8,0,0,0,8,248,248,8,8,0,0,0,0,0,248,8,8,0,0,0,8,0,248,8,8,0,0,0,248,8,248,8,8,0,0,0,0,8,248,8,8,0,0,0,8,8,248,8,8,0,0,0,0,248,0,8,8,0,0,0,0,0,0,8,8,0,0,0,8,8,0,8,8,0,0,0,8,248,8,8,8,0,0,0,0,0,8,8,8,0,0,0,8,0,8,8,8,0,0,0,248,8,8,8,8,0,0,0,0,8,8,8,8,0,0,0,248,0,248,248,248,8,0,0,0,0,248,248,248,8,0,0,8,0,248,248,248,8,0,0,0,8,248,248,248,8,0,0,248,248,0,248,248,8,0,0,0,0,0,248,248,8,0,0,248,8,0,248,248,8,0,0,0,248,8,248,248,8,0,0,8,8,8,248,248,8,0,0,0,0,248,0,248,8,0,0,248,8,248,0,248,8,0,0,8,8,248,0,248,8,0,0,0,248,0,0,248,8,0,0,248,0,0,0,248,8,0,0,0,0,0,0,248,8,0,0,8,0,0,0,248,8,0,0,248,8,0,0,248,8,0,0,0,8,0,0,248,8,0,0,248,248,8,0,248,8,0,0,8,248,8,0,248,8,0,0,248,0,8,0,248,8,0,0,0,0,8,0,248,8,0,0,8,248,248,8,248,8,0,0,0,8,248,8,248,8,0,0,248,248,0,8,248,8,0,0,8,248,0,8,248,8,0,0,0,0,0,8,248,8,0,0,248,8,0,8,248,8,0,0,0,248,8,8,248,8,0,0,0,8,8,8,248,8,0,0,0,248,248,248,0,8,0,0,8,248,248,248,0,8,0,0,0,0,248,248,0,8,0,0,8,8,248,248,0,8,0,0,0,248,0,248,0,8,0,0,248,0,0,248,0,8,0,0,0,0,0,248,0,8,0,0,8,0,0,248,0,8,0,0,0,8,0,248,0,8,0,0,0,0,8,248,0,8,0,0,0,248,248,0,0,8,0,0,248,0,248,0,0,8,0,0,0,0,248,0,0,8,0,0,8,0,248,0,0,8,0,0,0,8,248,0,0,8,0,0,248,248,0,0,0,8,0,0,0,248,0,0,0,8,0,0,8,248,0,0,0,8,0,0,248,0,0,0,0,8,0,0,0,0,0,0,0,8,0,0,8,0,0,0,0,8,0,0,248,8,0,0,0,8,0,0,0,8,0,0,0,8,0,0,8,8,0,0,0,8,0,0,0,248,8,0,0,8,0,0,248,0,8,0,0,8,0,0,0,0,8,0,0,8,0,0,8,0,8,0,0,8,0,0,0,8,8,0,0,8,0,0,0,248,248,8,0,8,0,0,0,0,248,8,0,8,0,0,0,8,248,8,0,8,0,0,0,248,0,8,0,8,0,0,248,0,0,8,0,8,0,0,0,0,0,8,0,8,0,0,8,0,0,8,0,8,0,0,248,8,0,8,0,8,0,0,0,8,0,8,0,8,0,0,0,0,8,8,0,8,0,0,248,0,248,248,8,8,0,0,248,8,248,248,8,8,0,0,0,0,0,248,8,8,0,0,8,8,0,248,8,8,0,0,248,248,8,248,8,8,0,0,0,0,8,248,8,8,0,0,8,0,8,248,8,8,0,0,0,8,8,248,8,8,0,0,0,0,248,0,8,8,0,0,248,8,248,0,8,8,0,0,0,8,248,0,8,8,0,0,0,248,0,0,8,8,0,0,0,0,0,0,8,8,0,0,8,0,0,0,8,8,0,0,248,8,0,0,8,8,0,0,0,8,0,0,8,8,0,0,8,248,8,0,8,8,0,0,0,0,8,0,8,8,0,0,248,8,8,0,8,8,0,0,8,8,8,0,8,8,0,0,0,248,248,8,8,8,0,0,8,8,248,8,8,8,0,0,8,248,0,8,8,8,0,0,0,0,0,8,8,8,0,0,8,0,0,8,8,8,0,0,248,8,0,8,8,8,0,0,8,8,0,8,8,8,0,0,0,248,8,8,8,8,0,0,0,0,248,248,248,248,8,0,248,0,0,248,248,248,8,0,8,0,0,248,248,248,8,0,0,8,0,248,248,248,8,0,0,0,8,248,248,248,8,0,248,0,248,0,248,248,8,0,248,248,0,0,248,248,8,0,0,0,0,0,248,248,8,0,8,0,0,0,248,248,8,0,248,8,0,0,248,248,8,0,8,8,0,0,248,248,8,0,0,248,8,0,248,248,8,0,248,0,8,0,248,248,8,0,8,0,8,0,248,248,8,0,0,8,8,0,248,248,8,0,0,248,248,8,248,248,8,0,8,0,0,8,248,248,8,0,0,0,8,8,248,248,8,0,0,248,248,248,0,248,8,0,248,0,248,248,0,248,8,0,8,0,248,248,0,248,8,0,0,8,248,248,0,248,8,0,8,248,0,248,0,248,8,0,0,0,0,248,0,248,8,0,0,248,8,248,0,248,8,0,8,248,8,248,0,248,8,0,8,0,8,248,0,248,8,0,0,8,8,248,0,248,8,0,0,0,248,0,0,248,8,0,0,8,248,0,0,248,8,0,0,248,0,0,0,248,8,0,0,0,0,0,0,248,8,0,8,0,0,0,0,248,8,0,0,8,0,0,0,248,8,0,0,0,8,0,0,248,8,0,8,0,8,0,0,248,8,0,8,8,8,0,0,248,8,0,248,0,248,8,0,248,8,0,8,8,248,8,0,248,8,0,8,248,0,8,0,248,8,0,0,0,0,8,0,248,8,0,0,248,8,8,0,248,8,0,8,0,8,8,0,248,8,0,0,8,8,8,0,248,8,0,0,248,0,248,8,248,8,0,8,0,0,248,8,248,8,0,0,8,0,248,8,248,8,0,248,248,248,0,8,248,8,0,0,248,248,0,8,248,8,0,8,0,248,0,8,248,8,0,0,0,0,0,8,248,8,0,8,0,0,0,8,248,8,0,248,8,0,0,8,248,8,0,248,248,8,0,8,248,8,0,0,0,248,8,8,248,8,0,0,248,0,8,8,248,8,0,8,0,0,8,8,248,8,0,0,0,8,8,8,248,8,0,0,248,0,248,248,0,8,0,8,248,0,248,248,0,8,0,0,0,0,248,248,0,8,0,8,0,0,248,248,0,8,0,8,8,0,248,248,0,8,0,0,248,8,248,248,0,8,0,8,0,8,248,248,0,8,0,0,8,8,248,248,0,8,0,248,248,248,0,248,0,8,0,8,248,248,0,248,0,8,0,0,0,248,0,248,0,8,0,248,8,248,0,248,0,8,0,8,8,248,0,248,0,8,0,0,248,0,0,248,0,8,0,248,0,0,0,248,0,8,0,0,0,0,0,248,0,8,0,8,0,0,0,248,0,8,0,0,8,0,0,248,0,8,0,8,8,0,0,248,0,8,0,248,248,8,0,248,0,8,0,8,248,8,0,248,0,8,0,0,0,8,0,248,0,8,0,248,0,248,8,248,0,8,0,0,0,248,8,248,0,8,0,0,8,248,8,248,0,8,0,248,248,0,8,248,0,8,0,8,248,0,8,248,0,8,0,248,0,0,8,248,0,8,0,0,0,0,8,248,0,8,0,8,0,0,8,248,0,8,0,248,8,0,8,248,0,8,0,8,8,0,8,248,0,8,0,0,248,8,8,248,0,8,0,248,0,8,8,248,0,8,0,0,8,8,8,248,0,8,0,0,0,248,248,0,0,8,0,248,8,248,248,0,0,8,0,8,8,248,248,0,0,8,0,0,248,0,248,0,0,8,0,0,0,0,248,0,0,8,0,8,0,0,248,0,0,8,0,0,8,0,248,0,0,8,0,248,0,248,0,0,0,8,0,0,0,248,0,0,0,8,0,8,0,248,0,0,0,8,0,0,8,248,0,0,0,8,0,248,248,0,0,0,0,8,0,0,248,0,0,0,0,8,0,248,0,0,0,0,0,8,0,0,0,0,0,0,0,8,0,8,0,0,0,0,0,8,0,0,8,0,0,0,0,8,0,0,248,8,0,0,0,8,0,248,0,8,0,0,0,8,0,0,0,8,0,0,0,8,0,8,0,8,0,0,0,8,0,0,8,8,0,0,0,8,0,8,0,248,8,0,0,8,0,0,8,248,8,0,0,8,0,8,8,248,8,0,0,8,0,0,248,0,8,0,0,8,0,0,0,0,8,0,0,8,0,8,0,0,8,0,0,8,0,0,8,0,8,0,0,8,0,8,8,0,8,0,0,8,0,8,248,8,8,0,0,8,0,0,0,8,8,0,0,8,0,8,0,8,8,0,0,8,0,248,8,8,8,0,0,8,0,8,248,248,248,8,0,8,0,0,8,248,248,8,0,8,0,0,0,0,248,8,0,8,0,248,248,8,248,8,0,8,0,8,0,8,248,8,0,8,0,248,8,8,248,8,0,8,0,0,8,8,248,8,0,8,0,248,248,248,0,8,0,8,0,0,0,248,0,8,0,8,0,248,8,248,0,8,0,8,0,8,8,248,0,8,0,8,0,0,248,0,0,8,0,8,0,248,0,0,0,8,0,8,0,0,0,0,0,8,0,8,0,8,0,0,0,8,0,8,0,248,8,0,0,8,0,8,0,8,8,0,0,8,0,8,0,248,248,8,0,8,0,8,0,0,0,8,0,8,0,8,0,248,8,8,0,8,0,8,0,248,248,248,8,8,0,8,0,8,248,248,8,8,0,8,0,0,0,248,8,8,0,8,0,8,8,248,8,8,0,8,0,248,0,0,8,8,0,8,0,8,0,0,8,8,0,8,0,248,8,0,8,8,0,8,0,0,8,0,8,8,0,8,0,248,248,8,8,8,0,8,0,248,0,8,8,8,0,8,0,8,0,8,8,8,0,8,0,8,8,8,8,8,0,8,0,8,0,0,248,248,8,8,0,0,8,0,248,248,8,8,0,0,0,8,248,248,8,8,0,0,248,248,0,248,8,8,0,8,248,0,0,248,8,8,0,0,0,0,0,248,8,8,0,8,8,0,0,248,8,8,0,0,248,8,0,248,8,8,0,0,8,8,0,248,8,8,0,0,0,248,8,248,8,8,0,0,248,0,8,248,8,8,0,248,8,0,8,248,8,8,0,8,0,8,8,248,8,8,0,0,248,248,248,0,8,8,0,248,0,248,248,0,8,8,0,248,248,0,248,0,8,8,0,0,0,0,248,0,8,8,0,0,248,8,248,0,8,8,0,248,0,8,248,0,8,8,0,8,0,8,248,0,8,8,0,0,8,8,248,0,8,8,0,248,248,248,0,0,8,8,0,0,248,248,0,0,8,8,0,0,0,248,0,0,8,8,0,8,0,248,0,0,8,8,0,248,8,248,0,0,8,8,0,0,248,0,0,0,8,8,0,248,0,0,0,0,8,8,0,0,0,0,0,0,8,8,0,8,0,0,0,0,8,8,0,0,8,0,0,0,8,8,0,248,248,8,0,0,8,8,0,0,0,8,0,0,8,8,0,8,8,8,0,0,8,8,0,8,248,248,8,0,8,8,0,248,0,248,8,0,8,8,0,8,8,248,8,0,8,8,0,0,0,0,8,0,8,8,0,0,248,8,8,0,8,8,0,248,0,8,8,0,8,8,0,0,0,8,8,0,8,8,0,0,8,8,8,0,8,8,0,0,248,0,248,8,8,8,0,8,0,0,248,8,8,8,0,248,8,0,248,8,8,8,0,0,248,248,0,8,8,8,0,248,0,248,0,8,8,8,0,0,8,248,0,8,8,8,0,248,248,0,0,8,8,8,0,0,0,0,0,8,8,8,0,248,8,0,0,8,8,8,0,8,8,0,0,8,8,8,0,248,0,8,0,8,8,8,0,0,0,8,0,8,8,8,0,0,8,8,0,8,8,8,0,8,0,248,8,8,8,8,0,248,0,0,8,8,8,8,0,248,8,0,8,8,8,8,0,8,8,0,8,8,8,8,0,8,0,8,8,8,8,8,0,248,248,248,248,248,248,248,8,8,248,248,248,248,248,248,8,248,8,248,248,248,248,248,8,8,8,248,248,248,248,248,8,248,248,8,248,248,248,248,8,8,248,8,248,248,248,248,8,248,8,8,248,248,248,248,8,8,8,8,248,248,248,248,8,0,0,248,0,248,248,248,8,248,248,0,0,248,248,248,8,0,248,0,0,248,248,248,8,248,0,0,0,248,248,248,8,8,0,0,0,248,248,248,8,0,8,0,0,248,248,248,8,0,0,8,0,248,248,248,8,248,248,248,8,248,248,248,8,8,248,248,8,248,248,248,8,248,8,248,8,248,248,248,8,8,8,248,8,248,248,248,8,0,0,0,8,248,248,248,8,248,248,8,8,248,248,248,8,8,248,8,8,248,248,248,8,248,8,8,8,248,248,248,8,8,8,8,8,248,248,248,8,0,0,248,248,0,248,248,8,0,248,0,248,0,248,248,8,248,0,0,248,0,248,248,8,8,0,0,248,0,248,248,8,0,8,0,248,0,248,248,8,0,0,8,248,0,248,248,8,0,248,248,0,0,248,248,8,248,0,248,0,0,248,248,8,0,8,248,0,0,248,248,8,248,248,0,0,0,248,248,8,8,248,0,0,0,248,248,8,0,0,0,0,0,248,248,8,8,0,0,0,0,248,248,8,248,8,0,0,0,248,248,8,0,8,0,0,0,248,248,8,248,0,8,0,0,248,248,8,8,0,8,0,0,248,248,8,0,8,8,0,0,248,248,8,0,0,248,8,0,248,248,8,0,8,248,8,0,248,248,8,248,0,0,8,0,248,248,8,8,0,0,8,0,248,248,8,0,8,0,8,0,248,248,8,0,0,8,8,0,248,248,8,248,248,248,248,8,248,248,8,8,248,248,248,8,248,248,8,248,8,248,248,8,248,248,8,8,8,248,248,8,248,248,8,0,0,0,248,8,248,248,8,248,248,8,248,8,248,248,8,8,248,8,248,8,248,248,8,248,8,8,248,8,248,248,8,8,8,8,248,8,248,248,8,0,248,0,0,8,248,248,8,248,0,0,0,8,248,248,8,0,8,0,0,8,248,248,8,0,0,8,0,8,248,248,8,248,248,248,8,8,248,248,8,8,248,248,8,8,248,248,8,248,8,248,8,8,248,248,8,8,8,248,8,8,248,248,8,0,0,0,8,8,248,248,8,248,248,8,8,8,248,248,8,8,248,8,8,8,248,248,8,248,8,8,8,8,248,248,8,8,8,8,8,8,248,248,8,248,0,0,248,248,0,248,8,0,8,0,248,248,0,248,8,0,248,248,0,248,0,248,8,248,0,248,0,248,0,248,8,0,248,0,0,248,0,248,8,0,0,0,0,248,0,248,8,8,8,0,0,248,0,248,8,0,248,8,0,248,0,248,8,248,0,8,0,248,0,248,8,0,8,8,0,248,0,248,8,248,0,0,8,248,0,248,8,0,8,0,8,248,0,248,8,0,248,248,248,0,0,248,8,0,8,248,248,0,0,248,8,8,248,0,248,0,0,248,8,0,0,0,248,0,0,248,8,8,8,0,248,0,0,248,8,8,0,8,248,0,0,248,8,0,8,8,248,0,0,248,8,248,248,248,0,0,0,248,8,0,248,248,0,0,0,248,8,0,0,248,0,0,0,248,8,248,8,248,0,0,0,248,8,0,248,0,0,0,0,248,8,248,0,0,0,0,0,248,8,0,0,0,0,0,0,248,8,8,0,0,0,0,0,248,8,0,8,0,0,0,0,248,8,8,8,0,0,0,0,248,8,0,0,8,0,0,0,248,8,8,0,8,0,0,0,248,8,248,8,8,0,0,0,248,8,8,8,8,0,0,0,248,8,0,248,248,8,0,0,248,8,248,0,248,8,0,0,248,8,8,0,248,8,0,0,248,8,0,8,248,8,0,0,248,8,248,248,0,8,0,0,248,8,8,248,0,8,0,0,248,8,0,0,0,8,0,0,248,8,248,8,0,8,0,0,248,8,8,0,8,8,0,0,248,8,0,248,0,248,8,0,248,8,8,0,0,248,8,0,248,8,0,8,0,248,8,0,248,8,0,0,8,248,8,0,248,8,0,248,248,0,8,0,248,8,248,0,248,0,8,0,248,8,0,8,248,0,8,0,248,8,8,8,248,0,8,0,248,8,248,248,0,0,8,0,248,8,0,0,0,0,8,0,248,8,0,8,0,0,8,0,248,8,8,8,0,0,8,0,248,8,0,248,8,0,8,0,248,8,8,0,8,0,8,0,248,8,8,8,8,0,8,0,248,8,0,0,248,8,8,0,248,8,0,248,0,8,8,0,248,8,8,8,0,8,8,0,248,8,248,0,8,8,8,0,248,8,248,248,248,248,248,8,248,8,8,248,248,248,248,8,248,8,248,8,248,248,248,8,248,8,8,8,248,248,248,8,248,8,0,0,0,248,248,8,248,8,248,248,8,248,248,8,248,8,8,248,8,248,248,8,248,8,248,8,8,248,248,8,248,8,8,8,8,248,248,8,248,8,0,248,248,0,248,8,248,8,0,0,248,0,248,8,248,8,0,248,0,0,248,8,248,8,248,0,0,0,248,8,248,8,0,8,0,0,248,8,248,8,0,0,8,0,248,8,248,8,0,8,8,0,248,8,248,8,248,248,248,8,248,8,248,8,8,248,248,8,248,8,248,8,248,8,248,8,248,8,248,8,8,8,248,8,248,8,248,8,0,0,0,8,248,8,248,8,248,248,8,8,248,8,248,8,8,248,8,8,248,8,248,8,248,8,8,8,248,8,248,8,8,8,8,8,248,8,248,8,0,0,248,248,0,8,248,8,8,0,248,248,0,8,248,8,0,248,0,248,0,8,248,8,248,0,0,248,0,8,248,8,8,0,0,248,0,8,248,8,0,0,8,248,0,8,248,8,0,248,248,0,0,8,248,8,248,0,248,0,0,8,248,8,8,0,248,0,0,8,248,8,0,8,248,0,0,8,248,8,248,248,0,0,0,8,248,8,8,248,0,0,0,8,248,8,0,0,0,0,0,8,248,8,8,8,0,0,0,8,248,8,0,248,8,0,0,8,248,8,248,0,8,0,0,8,248,8,0,0,248,8,0,8,248,8,8,0,0,8,0,8,248,8,0,8,0,8,0,8,248,8,0,0,8,8,0,8,248,8,248,248,248,248,8,8,248,8,8,248,248,248,8,8,248,8,248,8,248,248,8,8,248,8,8,8,248,248,8,8,248,8,0,0,0,248,8,8,248,8,248,248,8,248,8,8,248,8,8,248,8,248,8,8,248,8,248,8,8,248,8,8,248,8,8,8,8,248,8,8,248,8,0,0,248,0,8,8,248,8,0,248,0,0,8,8,248,8,248,0,0,0,8,8,248,8,8,0,0,0,8,8,248,8,248,248,248,8,8,8,248,8,8,248,248,8,8,8,248,8,248,8,248,8,8,8,248,8,8,8,248,8,8,8,248,8,0,0,0,8,8,8,248,8,248,248,8,8,8,8,248,8,8,248,8,8,8,8,248,8,248,8,8,8,8,8,248,8,8,8,8,8,8,8,248,8,0,0,248,248,248,248,0,8,0,248,0,248,248,248,0,8,8,0,0,248,248,248,0,8,248,8,0,248,248,248,0,8,0,8,0,248,248,248,0,8,0,0,8,248,248,248,0,8,0,248,248,0,248,248,0,8,8,0,248,0,248,248,0,8,0,8,248,0,248,248,0,8,0,0,0,0,248,248,0,8,248,8,0,0,248,248,0,8,8,8,0,0,248,248,0,8,0,8,8,0,248,248,0,8,8,8,8,0,248,248,0,8,0,0,248,8,248,248,0,8,0,248,0,8,248,248,0,8,248,0,0,8,248,248,0,8,8,0,0,8,248,248,0,8,0,8,0,8,248,248,0,8,0,0,8,8,248,248,0,8,0,248,248,248,0,248,0,8,248,0,248,248,0,248,0,8,8,0,248,248,0,248,0,8,0,8,248,248,0,248,0,8,248,248,0,248,0,248,0,8,0,0,0,248,0,248,0,8,248,8,0,248,0,248,0,8,8,8,0,248,0,248,0,8,0,248,8,248,0,248,0,8,248,0,8,248,0,248,0,8,8,0,8,248,0,248,0,8,0,8,8,248,0,248,0,8,248,248,248,0,0,248,0,8,0,0,248,0,0,248,0,8,248,248,0,0,0,248,0,8,0,248,0,0,0,248,0,8,248,0,0,0,0,248,0,8,0,0,0,0,0,248,0,8,8,0,0,0,0,248,0,8,0,8,0,0,0,248,0,8,8,248,8,0,0,248,0,8,0,0,8,0,0,248,0,8,248,0,248,8,0,248,0,8,8,0,248,8,0,248,0,8,8,248,0,8,0,248,0,8,0,0,0,8,0,248,0,8,248,8,0,8,0,248,0,8,0,248,8,8,0,248,0,8,248,0,8,8,0,248,0,8,8,0,8,8,0,248,0,8,0,8,8,8,0,248,0,8,0,0,248,248,8,248,0,8,0,248,0,248,8,248,0,8,248,0,0,248,8,248,0,8,0,8,0,248,8,248,0,8,0,0,8,248,8,248,0,8,248,0,248,0,8,248,0,8,8,0,248,0,8,248,0,8,0,8,248,0,8,248,0,8,248,248,0,0,8,248,0,8,8,248,0,0,8,248,0,8,0,0,0,0,8,248,0,8,248,8,0,0,8,248,0,8,8,0,8,0,8,248,0,8,0,8,8,0,8,248,0,8,0,0,248,8,8,248,0,8,248,0,0,8,8,248,0,8,8,0,0,8,8,248,0,8,0,8,8,8,8,248,0,8,0,248,248,248,248,0,0,8,248,0,248,248,248,0,0,8,8,0,248,248,248,0,0,8,248,248,0,248,248,0,0,8,0,0,0,248,248,0,0,8,248,8,0,248,248,0,0,8,8,0,8,248,248,0,0,8,248,248,248,0,248,0,0,8,8,8,248,0,248,0,0,8,0,248,0,0,248,0,0,8,248,0,0,0,248,0,0,8,0,0,0,0,248,0,0,8,8,0,0,0,248,0,0,8,248,8,0,0,248,0,0,8,0,8,0,0,248,0,0,8,248,248,8,0,248,0,0,8,0,248,8,0,248,0,0,8,8,248,8,0,248,0,0,8,0,0,8,0,248,0,0,8,248,0,248,8,248,0,0,8,8,0,248,8,248,0,0,8,8,248,0,8,248,0,0,8,248,0,0,8,248,0,0,8,0,0,0,8,248,0,0,8,248,8,0,8,248,0,0,8,0,248,8,8,248,0,0,8,0,8,8,8,248,0,0,8,248,248,248,248,0,0,0,8,0,0,248,248,0,0,0,8,248,8,248,248,0,0,0,8,8,8,248,248,0,0,0,8,248,248,0,248,0,0,0,8,0,248,0,248,0,0,0,8,248,0,0,248,0,0,0,8,0,0,0,248,0,0,0,8,8,0,0,248,0,0,0,8,0,8,0,248,0,0,0,8,0,248,8,248,0,0,0,8,0,0,8,248,0,0,0,8,0,8,8,248,0,0,0,8,8,8,8,248,0,0,0,8,0,248,248,0,0,0,0,8,248,0,248,0,0,0,0,8,0,0,248,0,0,0,0,8,8,0,248,0,0,0,0,8,0,8,248,0,0,0,0,8,248,248,0,0,0,0,0,8,0,248,0,0,0,0,0,8,8,248,0,0,0,0,0,8,248,0,0,0,0,0,0,8,0,0,0,0,0,0,0,8,8,0,0,0,0,0,0,8,248,8,0,0,0,0,0,8,0,8,0,0,0,0,0,8,8,8,0,0,0,0,0,8,0,248,8,0,0,0,0,8,248,0,8,0,0,0,0,8,0,0,8,0,0,0,0,8,8,0,8,0,0,0,0,8,0,8,8,0,0,0,0,8,0,248,248,8,0,0,0,8,0,0,248,8,0,0,0,8,248,8,248,8,0,0,0,8,0,248,0,8,0,0,0,8,8,248,0,8,0,0,0,8,248,0,0,8,0,0,0,8,0,0,0,8,0,0,0,8,8,0,0,8,0,0,0,8,0,8,0,8,0,0,0,8,8,8,0,8,0,0,0,8,248,248,8,8,0,0,0,8,8,248,8,8,0,0,0,8,0,0,8,8,0,0,0,8,248,8,8,8,0,0,0,8,8,8,8,8,0,0,0,8,0,248,248,248,8,0,0,8,248,0,248,248,8,0,0,8,248,248,0,248,8,0,0,8,0,0,0,248,8,0,0,8,0,8,0,248,8,0,0,8,248,248,8,248,8,0,0,8,8,0,8,248,8,0,0,8,0,8,8,248,8,0,0,8,0,0,248,0,8,0,0,8,248,8,248,0,8,0,0,8,0,8,248,0,8,0,0,8,0,248,0,0,8,0,0,8,8,248,0,0,8,0,0,8,0,0,0,0,8,0,0,8,8,0,0,0,8,0,0,8,0,8,0,0,8,0,0,8,0,0,8,0,8,0,0,8,248,8,8,0,8,0,0,8,8,248,248,8,8,0,0,8,248,0,248,8,8,0,0,8,0,8,248,8,8,0,0,8,8,8,248,8,8,0,0,8,8,248,0,8,8,0,0,8,248,0,0,8,8,0,0,8,0,0,0,8,8,0,0,8,248,0,8,8,8,0,0,8,8,0,8,8,8,0,0,8,0,8,8,8,8,0,0,8,0,0,248,248,248,8,0,8,8,0,0,248,248,8,0,8,0,8,0,248,248,8,0,8,0,0,8,248,248,8,0,8,0,248,248,0,248,8,0,8,8,0,248,0,248,8,0,8,248,248,0,0,248,8,0,8,8,248,0,0,248,8,0,8,0,0,0,0,248,8,0,8,8,0,0,0,248,8,0,8,8,8,0,0,248,8,0,8,248,0,8,0,248,8,0,8,0,0,8,0,248,8,0,8,0,0,248,8,248,8,0,8,0,248,0,8,248,8,0,8,8,0,0,8,248,8,0,8,0,8,0,8,248,8,0,8,0,0,8,8,248,8,0,8,248,0,248,248,0,8,0,8,8,0,248,248,0,8,0,8,0,8,248,248,0,8,0,8,248,248,0,248,0,8,0,8,8,248,0,248,0,8,0,8,0,0,0,248,0,8,0,8,248,8,0,248,0,8,0,8,8,8,0,248,0,8,0,8,248,248,8,248,0,8,0,8,0,248,8,248,0,8,0,8,248,0,8,248,0,8,0,8,8,0,8,248,0,8,0,8,248,248,248,0,0,8,0,8,8,248,248,0,0,8,0,8,0,0,248,0,0,8,0,8,248,8,248,0,0,8,0,8,8,8,248,0,0,8,0,8,0,248,0,0,0,8,0,8,248,0,0,0,0,8,0,8,0,0,0,0,0,8,0,8,8,0,0,0,0,8,0,8,0,8,0,0,0,8,0,8,8,248,8,0,0,8,0,8,0,0,8,0,0,8,0,8,8,0,8,0,0,8,0,8,8,8,8,0,0,8,0,8,0,248,248,8,0,8,0,8,248,0,248,8,0,8,0,8,248,248,0,8,0,8,0,8,8,248,0,8,0,8,0,8,0,0,0,8,0,8,0,8,8,8,0,8,0,8,0,8,0,248,8,8,0,8,0,8,8,0,8,8,0,8,0,8,0,0,248,248,8,8,0,8,0,0,0,248,8,8,0,8,0,0,8,248,8,8,0,8,248,0,248,0,8,8,0,8,8,0,248,0,8,8,0,8,0,8,248,0,8,8,0,8,248,248,0,0,8,8,0,8,0,0,0,0,8,8,0,8,248,8,0,0,8,8,0,8,0,248,8,0,8,8,0,8,0,0,248,8,8,8,0,8,0,248,0,8,8,8,0,8,248,0,0,8,8,8,0,8,0,0,0,8,8,8,0,8,8,0,0,8,8,8,0,8,248,248,248,248,248,248,8,8,8,248,248,248,248,248,8,8,248,8,248,248,248,248,8,8,8,8,248,248,248,248,8,8,0,0,0,248,248,248,8,8,248,248,8,248,248,248,8,8,8,248,8,248,248,248,8,8,248,8,8,248,248,248,8,8,8,8,8,248,248,248,8,8,0,0,248,0,248,248,8,8,0,248,0,0,248,248,8,8,248,0,0,0,248,248,8,8,8,0,0,0,248,248,8,8,0,8,0,0,248,248,8,8,248,248,248,8,248,248,8,8,8,248,248,8,248,248,8,8,248,8,248,8,248,248,8,8,8,8,248,8,248,248,8,8,0,0,0,8,248,248,8,8,248,248,8,8,248,248,8,8,8,248,8,8,248,248,8,8,248,8,8,8,248,248,8,8,8,8,8,8,248,248,8,8,0,0,248,248,0,248,8,8,0,8,248,248,0,248,8,8,0,248,0,248,0,248,8,8,248,0,0,248,0,248,8,8,8,0,0,248,0,248,8,8,0,8,0,248,0,248,8,8,8,8,0,248,0,248,8,8,8,0,248,0,0,248,8,8,0,8,248,0,0,248,8,8,0,248,0,0,0,248,8,8,0,0,0,0,0,248,8,8,248,8,0,0,0,248,8,8,8,8,0,0,0,248,8,8,0,248,8,0,0,248,8,8,248,0,8,0,0,248,8,8,0,0,248,8,0,248,8,8,248,248,0,8,0,248,8,8,8,248,0,8,0,248,8,8,8,0,0,8,0,248,8,8,0,8,0,8,0,248,8,8,8,248,248,248,8,248,8,8,248,8,248,248,8,248,8,8,8,8,248,248,8,248,8,8,248,248,0,248,8,248,8,8,0,8,0,248,8,248,8,8,8,248,8,248,8,248,8,8,248,8,8,248,8,248,8,8,8,8,8,248,8,248,8,8,0,0,248,0,8,248,8,8,0,248,0,0,8,248,8,8,8,0,0,0,8,248,8,8,0,8,0,0,8,248,8,8,0,0,8,0,8,248,8,8,248,248,248,8,8,248,8,8,8,248,248,8,8,248,8,8,248,8,248,8,8,248,8,8,8,8,248,8,8,248,8,8,0,0,0,8,8,248,8,8,248,248,8,8,8,248,8,8,8,248,8,8,8,248,8,8,248,8,8,8,8,248,8,8,8,8,8,8,8,248,8,8,0,8,0,248,248,0,8,8,0,0,8,248,248,0,8,8,0,248,248,0,248,0,8,8,248,0,248,0,248,0,8,8,248,248,0,0,248,0,8,8,248,0,0,0,248,0,8,8,0,0,0,0,248,0,8,8,248,8,0,0,248,0,8,8,8,8,0,0,248,0,8,8,0,248,8,0,248,0,8,8,0,0,8,0,248,0,8,8,8,0,8,0,248,0,8,8,248,8,8,0,248,0,8,8,0,8,8,0,248,0,8,8,0,0,248,8,248,0,8,8,8,0,248,248,0,0,8,8,0,8,248,248,0,0,8,8,248,248,0,248,0,0,8,8,8,248,0,248,0,0,8,8,0,0,0,248,0,0,8,8,248,8,0,248,0,0,8,8,8,0,8,248,0,0,8,8,0,8,8,248,0,0,8,8,8,248,248,0,0,0,8,8,0,0,248,0,0,0,8,8,0,248,0,0,0,0,8,8,248,0,0,0,0,0,8,8,0,0,0,0,0,0,8,8,8,0,0,0,0,0,8,8,0,8,0,0,0,0,8,8,0,0,8,0,0,0,8,8,8,8,8,0,0,0,8,8,0,248,248,8,0,0,8,8,248,0,248,8,0,0,8,8,0,0,248,8,0,0,8,8,8,0,248,8,0,0,8,8,0,8,248,8,0,0,8,8,8,248,0,8,0,0,8,8,0,0,0,8,0,0,8,8,248,8,0,8,0,0,8,8,0,0,248,248,8,0,8,8,0,248,0,248,8,0,8,8,8,0,0,248,8,0,8,8,8,8,0,248,8,0,8,8,0,248,8,248,8,0,8,8,0,0,8,248,8,0,8,8,248,0,248,0,8,0,8,8,8,0,248,0,8,0,8,8,8,8,248,0,8,0,8,8,8,248,0,0,8,0,8,8,0,0,0,0,8,0,8,8,8,0,0,0,8,0,8,8,248,8,0,0,8,0,8,8,248,248,8,0,8,0,8,8,8,248,8,0,8,0,8,8,8,0,248,8,8,0,8,8,248,248,0,8,8,0,8,8,0,0,0,8,8,0,8,8,8,0,0,8,8,0,8,8,0,8,0,8,8,0,8,8,0,248,8,8,8,0,8,8,248,0,8,8,8,0,8,8,8,0,8,8,8,0,8,8,248,248,248,248,248,8,8,8,8,248,248,248,248,8,8,8,248,8,248,248,248,8,8,8,8,8,248,248,248,8,8,8,248,248,8,248,248,8,8,8,8,248,8,248,248,8,8,8,248,8,8,248,248,8,8,8,8,8,8,248,248,8,8,8,0,248,0,0,248,8,8,8,248,0,0,0,248,8,8,8,8,0,0,0,248,8,8,8,0,8,0,0,248,8,8,8,248,248,248,8,248,8,8,8,8,248,248,8,248,8,8,8,248,8,248,8,248,8,8,8,8,8,248,8,248,8,8,8,0,0,0,8,248,8,8,8,248,248,8,8,248,8,8,8,8,248,8,8,248,8,8,8,248,8,8,8,248,8,8,8,8,8,8,8,248,8,8,8,0,0,248,248,0,8,8,8,248,0,0,248,0,8,8,8,0,8,0,248,0,8,8,8,0,248,8,248,0,8,8,8,0,0,8,248,0,8,8,8,0,248,248,0,0,8,8,8,248,248,0,0,0,8,8,8,0,0,0,0,0,8,8,8,8,8,0,0,0,8,8,8,0,248,8,0,0,8,8,8,8,0,8,0,0,8,8,8,0,8,8,0,0,8,8,8,248,248,0,8,0,8,8,8,8,0,0,8,0,8,8,8,248,248,248,248,8,8,8,8,8,248,248,248,8,8,8,8,248,8,248,248,8,8,8,8,8,8,248,248,8,8,8,8,248,248,8,248,8,8,8,8,8,248,8,248,8,8,8,8,248,8,8,248,8,8,8,8,8,8,8,248,8,8,8,8,0,248,0,0,8,8,8,8,248,0,0,0,8,8,8,8,8,0,0,0,8,8,8,8,248,248,248,8,8,8,8,8,8,248,248,8,8,8,8,8,248,8,248,8,8,8,8,8,8,8,248,8,8,8,8,8,0,0,0,8,8,8,8,8,248,248,8,8,8,8,8,8,8,248,8,8,8,8,8,8,248,8,8,8,8,8,8,8,8,8,8,8,8,8,8,8};
.visible .entry cria_dequantize_iq1_s(
.param .u64 cria_dequantize_iq1_s_param_0,
.param .u64 cria_dequantize_iq1_s_param_1,
.param .u64 cria_dequantize_iq1_s_param_2,
.param .u32 cria_dequantize_iq1_s_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<64>;
.reg .b16 %rs<5>;
.reg .f32 %f<84>;
.reg .b32 %r<271>;
.reg .b64 %rd<119>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_sEEEvPKhyPhjE4tile[1616];
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_sEEEvPKhyPhjE4grid[16384];
ld.param.u64 %rd10, [cria_dequantize_iq1_s_param_0];
ld.param.u64 %rd11, [cria_dequantize_iq1_s_param_1];
ld.param.u64 %rd12, [cria_dequantize_iq1_s_param_2];
ld.param.u32 %r56, [cria_dequantize_iq1_s_param_3];
and.b64 %rd13,%rd11,8191;
setp.ne.s64 %p1,%rd13,0;
selp.u64 %rd14,1,0,%p1;
shr.u64 %rd15,%rd11,13;
add.s64 %rd16,%rd15,%rd14;
mov.u32 %r57,%ctaid.x;
cvt.u64.u32 %rd118,%r57;
setp.le.u64 %p2,%rd16,%rd118;
@%p2 bra $L__BB0_67;
mov.u32 %r258,%tid.x;
setp.gt.u32 %p3,%r258,2047;
@%p3 bra $L__BB0_4;
mov.u64 %rd18, _ZN45_4cria2v03gpu7kernels6detail10iq1_s_gridE;
mov.u64 %rd21, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_sEEEvPKhyPhjE4grid;
$L__BB0_3:
mul.wide.u32 %rd17,%r258,8;
add.s64 %rd19,%rd18,%rd17;
ld.global.nc.u64 %rd20, [%rd19];
add.s64 %rd22,%rd21,%rd17;
st.shared.u64 [%rd22],%rd20;
add.s32 %r258,%r258,256;
setp.lt.u32 %p4,%r258,2048;
@%p4 bra $L__BB0_3;
$L__BB0_4:
mov.u32 %r62,%tid.x;
add.s32 %r63,%r62,1;
$L__BB0_5:
shl.b64 %rd23,%rd118,13;
sub.s64 %rd24,%rd11,%rd23;
min.u64 %rd25,%rd24,8192;
cvt.u32.u64 %r4,%rd25;
mul.lo.s64 %rd3,%rd118,1600;
add.s64 %rd4,%rd10,%rd3;
mul.lo.s32 %r5,%r4,50;
shr.u32 %r6,%r5,8;
and.b64 %rd26,%rd4,15;
setp.eq.s64 %p5,%rd26,0;
@%p5 bra $L__BB0_17;
cvt.u32.u64 %r58,%rd4;
and.b32 %r7,%r58,3;
add.s32 %r59,%r6,%r7;
setp.lt.u32 %p6,%r59,8;
add.s32 %r60,%r59, -4;
shr.u32 %r61,%r60,2;
selp.b32 %r8,1,%r61,%p6;
setp.ge.u32 %p7,%r63,%r8;
@%p7 bra $L__BB0_14;
cvt.u64.u32 %rd27,%r7;
sub.s64 %rd28,%rd3,%rd27;
add.s64 %rd5,%rd10,%rd28;
shl.b32 %r9,%r7,3;
mov.u32 %r64,%tid.x;
mov.u32 %r65, -2;
sub.s32 %r66,%r65,%r64;
add.s32 %r10,%r66,%r8;
shr.u32 %r67,%r10,8;
add.s32 %r68,%r67,1;
and.b32 %r11,%r68,3;
setp.eq.s32 %p8,%r11,0;
add.s32 %r259,%r64,1;
@%p8 bra $L__BB0_11;
add.s32 %r76,%r64,1;
mul.wide.u32 %rd31,%r76,4;
add.s64 %rd29,%rd5,%rd31;
ld.global.nc.u32 %r69, [%rd29];
add.s64 %rd30,%rd29,4;
ld.global.nc.u32 %r70, [%rd30];
shf.r.wrap.b32 %r71,%r69,%r70,%r9;
mov.u64 %rd32, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_sEEEvPKhyPhjE4tile;
add.s64 %rd33,%rd32,%rd31;
st.shared.u32 [%rd33],%r71;
add.s32 %r259,%r64,257;
setp.eq.s32 %p9,%r11,1;
@%p9 bra $L__BB0_11;
add.s32 %r84,%r64,257;
mul.wide.u32 %rd36,%r84,4;
add.s64 %rd34,%rd5,%rd36;
ld.global.nc.u32 %r77, [%rd34];
add.s64 %rd35,%rd34,4;
ld.global.nc.u32 %r78, [%rd35];
shf.r.wrap.b32 %r79,%r77,%r78,%r9;
add.s64 %rd38,%rd32,%rd36;
st.shared.u32 [%rd38],%r79;
add.s32 %r259,%r64,513;
setp.eq.s32 %p10,%r11,2;
@%p10 bra $L__BB0_11;
add.s32 %r92,%r64,513;
mul.wide.u32 %rd41,%r92,4;
add.s64 %rd39,%rd5,%rd41;
ld.global.nc.u32 %r85, [%rd39];
add.s64 %rd40,%rd39,4;
ld.global.nc.u32 %r86, [%rd40];
shf.r.wrap.b32 %r87,%r85,%r86,%r9;
add.s64 %rd43,%rd32,%rd41;
st.shared.u32 [%rd43],%r87;
add.s32 %r259,%r64,769;
$L__BB0_11:
setp.lt.u32 %p11,%r10,768;
@%p11 bra $L__BB0_14;
$L__BB0_13:
.pragma "nounroll";
mul.wide.u32 %rd52,%r259,4;
add.s64 %rd44,%rd5,%rd52;
ld.global.nc.u32 %r93, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r94, [%rd45];
shf.r.wrap.b32 %r95,%r93,%r94,%r9;
mov.u64 %rd53, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_sEEEvPKhyPhjE4tile;
add.s64 %rd54,%rd53,%rd52;
st.shared.u32 [%rd54],%r95;
add.s32 %r117,%r259,256;
mul.wide.u32 %rd55,%r117,4;
add.s64 %rd46,%rd5,%rd55;
ld.global.nc.u32 %r99, [%rd46];
add.s64 %rd47,%rd46,4;
ld.global.nc.u32 %r100, [%rd47];
shf.r.wrap.b32 %r101,%r99,%r100,%r9;
add.s64 %rd56,%rd53,%rd55;
st.shared.u32 [%rd56],%r101;
add.s32 %r118,%r259,512;
mul.wide.u32 %rd57,%r118,4;
add.s64 %rd48,%rd5,%rd57;
ld.global.nc.u32 %r105, [%rd48];
add.s64 %rd49,%rd48,4;
ld.global.nc.u32 %r106, [%rd49];
shf.r.wrap.b32 %r107,%r105,%r106,%r9;
add.s64 %rd58,%rd53,%rd57;
st.shared.u32 [%rd58],%r107;
add.s32 %r119,%r259,768;
mul.wide.u32 %rd59,%r119,4;
add.s64 %rd50,%rd5,%rd59;
ld.global.nc.u32 %r111, [%rd50];
add.s64 %rd51,%rd50,4;
ld.global.nc.u32 %r112, [%rd51];
shf.r.wrap.b32 %r113,%r111,%r112,%r9;
add.s64 %rd60,%rd53,%rd59;
st.shared.u32 [%rd60],%r113;
add.s32 %r259,%r259,1024;
setp.lt.u32 %p12,%r259,%r8;
@%p12 bra $L__BB0_13;
$L__BB0_14:
mov.u32 %r120,%tid.x;
setp.gt.u32 %p13,%r120,15;
@%p13 bra $L__BB0_23;
setp.lt.u32 %p14,%r120,4;
shl.b32 %r122,%r8,2;
add.s32 %r123,%r120,%r122;
add.s32 %r124,%r123, -4;
selp.b32 %r19,%r120,%r124,%p14;
setp.ge.u32 %p15,%r19,%r6;
@%p15 bra $L__BB0_23;
cvt.u64.u32 %rd61,%r19;
add.s64 %rd62,%rd3,%rd61;
cvta.to.global.u64 %rd63,%rd10;
add.s64 %rd64,%rd63,%rd62;
ld.global.u8 %rs1, [%rd64];
mov.u64 %rd65, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_sEEEvPKhyPhjE4tile;
add.s64 %rd66,%rd65,%rd61;
st.shared.u8 [%rd66],%rs1;
bra.uni $L__BB0_23;
$L__BB0_17:
shr.u32 %r20,%r5,12;
mov.u32 %r126,%tid.x;
setp.ge.u32 %p16,%r126,%r20;
@%p16 bra $L__BB0_19;
mul.wide.u32 %rd68,%r126,16;
add.s64 %rd67,%rd4,%rd68;
ld.global.nc.v4.u32 {%r264,%r263,%r262,%r261}, [%rd67];
$L__BB0_19:
@%p16 bra $L__BB0_21;
mul.wide.u32 %rd69,%r126,16;
mov.u64 %rd70, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_sEEEvPKhyPhjE4tile;
add.s64 %rd71,%rd70,%rd69;
st.shared.v4.u32 [%rd71], {%r264,%r263,%r262,%r261};
$L__BB0_21:
and.b32 %r134,%r6,15;
setp.ge.u32 %p18,%r126,%r134;
@%p18 bra $L__BB0_23;
and.b32 %r136,%r6,4080;
add.s32 %r138,%r136,%r126;
cvt.u64.u32 %rd72,%r138;
add.s64 %rd73,%rd3,%rd72;
cvta.to.global.u64 %rd74,%rd10;
add.s64 %rd75,%rd74,%rd73;
ld.global.u8 %rs2, [%rd75];
mov.u64 %rd76, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_sEEEvPKhyPhjE4tile;
add.s64 %rd77,%rd76,%rd72;
st.shared.u8 [%rd77],%rs2;
$L__BB0_23:
bar.sync 0;
shl.b32 %r265,%r62,3;
setp.ge.u32 %p19,%r265,%r4;
@%p19 bra $L__BB0_66;
mov.u32 %r266,%r62;
$L__BB0_25:
.pragma "nounroll";
shr.u32 %r141,%r266,5;
mul.lo.s32 %r142,%r141,50;
cvt.u64.u32 %rd78,%r142;
mov.u64 %rd79, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_sEEEvPKhyPhjE4tile;
add.s64 %rd80,%rd79,%rd78;
and.b32 %r143,%r266,31;
shr.u32 %r144,%r143,1;
and.b32 %r145,%r144,14;
cvt.u64.u32 %rd81,%r145;
add.s64 %rd82,%rd80,%rd81;
ld.shared.u16 %rs4, [%rd82+34];
cvt.u32.u16 %r146,%rs4;
cvt.u64.u32 %rd83,%r143;
add.s64 %rd84,%rd80,%rd83;
ld.shared.u8 %r147, [%rd84+2];
and.b32 %r148,%r266,3;
mul.lo.s32 %r149,%r148,3;
shr.u32 %r150,%r146,%r149;
and.b32 %r151,%r150,7;
bfi.b32 %r152,%r151,%r147,8,3;
mul.wide.u32 %rd85,%r152,8;
mov.u64 %rd86, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_sEEEvPKhyPhjE4grid;
add.s64 %rd87,%rd86,%rd85;
ld.shared.u64 %rd88, [%rd87];
ld.shared.u16 %rs3, [%rd80];
cvt.f32.f16 %f9,%rs3;
setp.gt.s16 %p20,%rs4, -1;
selp.b32 %r153,16843009, -16843009,%p20;
shr.u64 %rd89,%rd88,32;
shr.u32 %r154,%r146,11;
and.b32 %r155,%r154,14;
or.b32 %r156,%r155,1;
cvt.rn.f32.s32 %f12,%r156;
mul.rn.f32 %f10,%f9,%f12;
mov.f32 %f15,0f3E000000;
mul.rn.f32 %f13,%f10,%f15;
cvt.u32.u64 %r157,%rd88;
xor.b32 %r158,%r157, -2139062144;
add.s32 %r159,%r158,%r153;
mov.u32 %r160,30288;
mov.u32 %r161,1258291200;
prmt.b32 %r162,%r159,%r161,%r160;
mov.b32 %f17,%r162;
mov.f32 %f60,0f4B000080;
sub.rn.f32 %f16,%f17,%f60;
mul.rn.f32 %f19,%f16,%f13;
mov.b32 %r33,%f19;
mov.u32 %r163,30289;
prmt.b32 %r164,%r159,%r161,%r163;
mov.b32 %f23,%r164;
sub.rn.f32 %f22,%f23,%f60;
mul.rn.f32 %f25,%f22,%f13;
mov.b32 %r34,%f25;
mov.u32 %r165,30290;
prmt.b32 %r166,%r159,%r161,%r165;
mov.b32 %f29,%r166;
sub.rn.f32 %f28,%f29,%f60;
mul.rn.f32 %f31,%f28,%f13;
mov.b32 %r35,%f31;
mov.u32 %r167,30291;
prmt.b32 %r168,%r159,%r161,%r167;
mov.b32 %f35,%r168;
sub.rn.f32 %f34,%f35,%f60;
mul.rn.f32 %f37,%f34,%f13;
mov.b32 %r36,%f37;
cvt.u32.u64 %r169,%rd89;
xor.b32 %r170,%r169, -2139062144;
add.s32 %r171,%r170,%r153;
prmt.b32 %r172,%r171,%r161,%r160;
mov.b32 %f41,%r172;
sub.rn.f32 %f40,%f41,%f60;
mul.rn.f32 %f43,%f40,%f13;
mov.b32 %r37,%f43;
prmt.b32 %r173,%r171,%r161,%r163;
mov.b32 %f47,%r173;
sub.rn.f32 %f46,%f47,%f60;
mul.rn.f32 %f49,%f46,%f13;
mov.b32 %r38,%f49;
prmt.b32 %r174,%r171,%r161,%r165;
mov.b32 %f53,%r174;
sub.rn.f32 %f52,%f53,%f60;
mul.rn.f32 %f55,%f52,%f13;
mov.b32 %r39,%f55;
prmt.b32 %r175,%r171,%r161,%r167;
mov.b32 %f59,%r175;
sub.rn.f32 %f58,%f59,%f60;
mul.rn.f32 %f61,%f58,%f13;
mov.b32 %r40,%f61;
sub.s32 %r41,%r4,%r265;
setp.eq.s32 %p21,%r56,0;
@%p21 bra $L__BB0_28;
setp.ne.s32 %p22,%r56,1;
@%p22 bra $L__BB0_46;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f19;
cvt.rn.f16.f32 upper,%f25;
mov.b32 %r267, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f31;
cvt.rn.f16.f32 upper,%f37;
mov.b32 %r268, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f43;
cvt.rn.f16.f32 upper,%f49;
mov.b32 %r269, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f55;
cvt.rn.f16.f32 upper,%f61;
mov.b32 %r270, {lower, upper};
}
bra.uni $L__BB0_47;
$L__BB0_28:
cvt.u64.u32 %rd6,%r265;
and.b64 %rd90,%rd12,15;
setp.eq.s64 %p23,%rd90,0;
setp.eq.s32 %p24,%r4,8192;
and.pred %p25,%p23,%p24;
@%p25 bra $L__BB0_45;
bra.uni $L__BB0_29;
$L__BB0_45:
cvta.to.global.u64 %rd97,%rd12;
selp.b64 %rd98,4,2,%p21;
mul.lo.s64 %rd99,%rd118,%rd98;
shl.b64 %rd100,%rd99,13;
add.s64 %rd101,%rd97,%rd100;
mov.u32 %r180,%tid.x;
mov.u32 %r181,1;
and.b32 %r182,%r180,1;
setp.eq.b32 %p36,%r182,1;
selp.b32 %r183,%r33,%r37,%p36;
mov.u32 %r184,31;
mov.u32 %r185, -1;
shfl.sync.bfly.b32 %r186|%p37,%r183,%r181,%r184,%r185;
mov.b32 %f72,%r186;
selp.b32 %r187,%r34,%r38,%p36;
shfl.sync.bfly.b32 %r188|%p38,%r187,%r181,%r184,%r185;
mov.b32 %f73,%r188;
selp.b32 %r189,%r35,%r39,%p36;
shfl.sync.bfly.b32 %r190|%p39,%r189,%r181,%r184,%r185;
mov.b32 %f74,%r190;
selp.b32 %r191,%r36,%r40,%p36;
shfl.sync.bfly.b32 %r192|%p40,%r191,%r181,%r184,%r185;
mov.b32 %f75,%r192;
shl.b32 %r193,%r180,2;
and.b32 %r194,%r193,4;
neg.s32 %r195,%r194;
cvt.s64.s32 %rd102,%r195;
add.s64 %rd103,%rd6,%rd102;
shl.b64 %rd104,%rd103,2;
add.s64 %rd105,%rd101,%rd104;
selp.f32 %f76,%f72,%f19,%p36;
selp.f32 %f77,%f73,%f25,%p36;
selp.f32 %f78,%f74,%f31,%p36;
selp.f32 %f79,%f75,%f37,%p36;
st.global.v4.f32 [%rd105], {%f76,%f77,%f78,%f79};
selp.f32 %f80,%f43,%f72,%p36;
selp.f32 %f81,%f49,%f73,%p36;
selp.f32 %f82,%f55,%f74,%p36;
selp.f32 %f83,%f61,%f75,%p36;
st.global.v4.f32 [%rd105+32], {%f80,%f81,%f82,%f83};
bra.uni $L__BB0_65;
$L__BB0_46:
and.b32 %r196,%r33,2147483647;
setp.gt.u32 %p41,%r196,2139095040;
shr.u32 %r197,%r33,16;
and.b32 %r198,%r197,1;
add.s32 %r199,%r33,%r198;
add.s32 %r200,%r199,32767;
or.b32 %r201,%r33,4194304;
selp.b32 %r202,%r201,%r200,%p41;
and.b32 %r203,%r34,2147483647;
setp.gt.u32 %p42,%r203,2139095040;
shr.u32 %r204,%r34,16;
and.b32 %r205,%r204,1;
add.s32 %r206,%r34,%r205;
add.s32 %r207,%r206,32767;
or.b32 %r208,%r34,4194304;
selp.b32 %r209,%r208,%r207,%p42;
mov.u32 %r210,30258;
prmt.b32 %r267,%r202,%r209,%r210;
and.b32 %r211,%r35,2147483647;
setp.gt.u32 %p43,%r211,2139095040;
shr.u32 %r212,%r35,16;
and.b32 %r213,%r212,1;
add.s32 %r214,%r35,%r213;
add.s32 %r215,%r214,32767;
or.b32 %r216,%r35,4194304;
selp.b32 %r217,%r216,%r215,%p43;
and.b32 %r218,%r36,2147483647;
setp.gt.u32 %p44,%r218,2139095040;
shr.u32 %r219,%r36,16;
and.b32 %r220,%r219,1;
add.s32 %r221,%r36,%r220;
add.s32 %r222,%r221,32767;
or.b32 %r223,%r36,4194304;
selp.b32 %r224,%r223,%r222,%p44;
prmt.b32 %r268,%r217,%r224,%r210;
and.b32 %r225,%r37,2147483647;
setp.gt.u32 %p45,%r225,2139095040;
shr.u32 %r226,%r37,16;
and.b32 %r227,%r226,1;
add.s32 %r228,%r37,%r227;
add.s32 %r229,%r228,32767;
or.b32 %r230,%r37,4194304;
selp.b32 %r231,%r230,%r229,%p45;
and.b32 %r232,%r38,2147483647;
setp.gt.u32 %p46,%r232,2139095040;
shr.u32 %r233,%r38,16;
and.b32 %r234,%r233,1;
add.s32 %r235,%r38,%r234;
add.s32 %r236,%r235,32767;
or.b32 %r237,%r38,4194304;
selp.b32 %r238,%r237,%r236,%p46;
prmt.b32 %r269,%r231,%r238,%r210;
and.b32 %r239,%r39,2147483647;
setp.gt.u32 %p47,%r239,2139095040;
shr.u32 %r240,%r39,16;
and.b32 %r241,%r240,1;
add.s32 %r242,%r39,%r241;
add.s32 %r243,%r242,32767;
or.b32 %r244,%r39,4194304;
selp.b32 %r245,%r244,%r243,%p47;
and.b32 %r246,%r40,2147483647;
setp.gt.u32 %p48,%r246,2139095040;
shr.u32 %r247,%r40,16;
and.b32 %r248,%r247,1;
add.s32 %r249,%r40,%r248;
add.s32 %r250,%r249,32767;
or.b32 %r251,%r40,4194304;
selp.b32 %r252,%r251,%r250,%p48;
prmt.b32 %r270,%r245,%r252,%r210;
$L__BB0_47:
selp.b64 %rd106,4,2,%p21;
mul.lo.s64 %rd107,%rd118,%rd106;
shl.b64 %rd108,%rd107,13;
cvta.to.global.u64 %rd109,%rd12;
add.s64 %rd110,%rd109,%rd108;
mul.wide.u32 %rd111,%r265,2;
add.s64 %rd8,%rd110,%rd111;
and.b64 %rd112,%rd12,15;
setp.eq.s64 %p50,%rd112,0;
setp.eq.s32 %p51,%r4,8192;
and.pred %p52,%p50,%p51;
@%p52 bra $L__BB0_64;
bra.uni $L__BB0_48;
$L__BB0_64:
st.global.v4.u32 [%rd8], {%r267,%r268,%r269,%r270};
bra.uni $L__BB0_65;
$L__BB0_48:
setp.eq.s32 %p53,%r41,0;
@%p53 bra $L__BB0_50;
st.global.u16 [%rd8],%r267;
$L__BB0_50:
setp.lt.u32 %p54,%r41,2;
@%p54 bra $L__BB0_52;
shr.u32 %r253,%r267,16;
st.global.u16 [%rd8+2],%r253;
$L__BB0_52:
setp.lt.u32 %p55,%r41,3;
@%p55 bra $L__BB0_54;
st.global.u16 [%rd8+4],%r268;
$L__BB0_54:
setp.lt.u32 %p56,%r41,4;
@%p56 bra $L__BB0_56;
shr.u32 %r254,%r268,16;
st.global.u16 [%rd8+6],%r254;
$L__BB0_56:
setp.lt.u32 %p57,%r41,5;
@%p57 bra $L__BB0_58;
st.global.u16 [%rd8+8],%r269;
$L__BB0_58:
setp.lt.u32 %p58,%r41,6;
@%p58 bra $L__BB0_60;
shr.u32 %r255,%r269,16;
st.global.u16 [%rd8+10],%r255;
$L__BB0_60:
setp.lt.u32 %p59,%r41,7;
@%p59 bra $L__BB0_62;
st.global.u16 [%rd8+12],%r270;
$L__BB0_62:
setp.lt.u32 %p60,%r41,8;
@%p60 bra $L__BB0_65;
shr.u32 %r256,%r270,16;
st.global.u16 [%rd8+14],%r256;
bra.uni $L__BB0_65;
$L__BB0_29:
setp.eq.s32 %p26,%r41,0;
selp.b64 %rd91,4,2,%p21;
mul.lo.s64 %rd92,%rd118,%rd91;
shl.b64 %rd93,%rd92,13;
cvta.to.global.u64 %rd94,%rd12;
add.s64 %rd95,%rd94,%rd93;
shl.b64 %rd96,%rd6,2;
add.s64 %rd7,%rd95,%rd96;
@%p26 bra $L__BB0_31;
st.global.f32 [%rd7],%f19;
$L__BB0_31:
setp.lt.u32 %p28,%r41,2;
@%p28 bra $L__BB0_33;
st.global.f32 [%rd7+4],%f25;
$L__BB0_33:
setp.lt.u32 %p29,%r41,3;
@%p29 bra $L__BB0_35;
st.global.f32 [%rd7+8],%f31;
$L__BB0_35:
setp.lt.u32 %p30,%r41,4;
@%p30 bra $L__BB0_37;
st.global.f32 [%rd7+12],%f37;
$L__BB0_37:
setp.lt.u32 %p31,%r41,5;
@%p31 bra $L__BB0_39;
st.global.f32 [%rd7+16],%f43;
$L__BB0_39:
setp.lt.u32 %p32,%r41,6;
@%p32 bra $L__BB0_41;
st.global.f32 [%rd7+20],%f49;
$L__BB0_41:
setp.lt.u32 %p33,%r41,7;
@%p33 bra $L__BB0_43;
st.global.f32 [%rd7+24],%f55;
$L__BB0_43:
setp.lt.u32 %p34,%r41,8;
@%p34 bra $L__BB0_65;
st.global.f32 [%rd7+28],%f61;
$L__BB0_65:
add.s32 %r266,%r266,256;
shl.b32 %r265,%r266,3;
setp.lt.u32 %p61,%r265,%r4;
@%p61 bra $L__BB0_25;
$L__BB0_66:
bar.sync 0;
mov.u32 %r257,%nctaid.x;
cvt.u64.u32 %rd113,%r257;
add.s64 %rd118,%rd118,%rd113;
setp.lt.u64 %p63,%rd118,%rd16;
@%p63 bra $L__BB0_5;
$L__BB0_67:
ret;
}
)ptx"},
{tensor_type::iq1_m, R"ptx(.version 8.0
.target sm_70
.address_size 64
.global .align 8 .b8 _ZN45_4cria2v03gpu7kernels6detail10iq1_m_gridE[16384] = {248,248,248,248,248,248,248,248,8,248,248,248,248,248,248,248,0,0,248,248,248,248,248,248,248,8,248,248,248,248,248,248,8,8,248,248,248,248,248,248,0,248,0,248,248,248,248,248,0,0,0,248,248,248,248,248,248,248,8,248,248,248,248,248,8,248,8,248,248,248,248,248,248,8,8,248,248,248,248,248,8,8,8,248,248,248,248,248,0,0,248,0,248,248,248,248,0,248,0,0,248,248,248,248,248,0,0,0,248,248,248,248,8,0,0,0,248,248,248,248,0,0,8,0,248,248,248,248,248,248,248,8,248,248,248,248,8,248,248,8,248,248,248,248,248,8,248,8,248,248,248,248,8,8,248,8,248,248,248,248,0,0,0,8,248,248,248,248,248,248,8,8,248,248,248,248,8,248,8,8,248,248,248,248,248,8,8,8,248,248,248,248,8,8,8,8,248,248,248,248,248,0,248,248,0,248,248,248,0,0,248,248,0,248,248,248,0,248,0,248,0,248,248,248,248,0,0,248,0,248,248,248,8,0,0,248,0,248,248,248,0,8,0,248,0,248,248,248,8,8,0,248,0,248,248,248,0,0,8,248,0,248,248,248,0,248,248,0,0,248,248,248,8,0,248,0,0,248,248,248,0,8,248,0,0,248,248,248,8,248,0,0,0,248,248,248,0,0,0,0,0,248,248,248,8,8,0,0,0,248,248,248,0,248,8,0,0,248,248,248,248,0,8,0,0,248,248,248,8,0,8,0,0,248,248,248,248,8,8,0,0,248,248,248,0,0,248,8,0,248,248,248,0,248,0,8,0,248,248,248,248,0,0,8,0,248,248,248,8,0,0,8,0,248,248,248,0,0,8,8,0,248,248,248,248,248,248,248,8,248,248,248,8,248,248,248,8,248,248,248,248,8,248,248,8,248,248,248,8,8,248,248,8,248,248,248,0,0,0,248,8,248,248,248,248,248,8,248,8,248,248,248,8,248,8,248,8,248,248,248,248,8,8,248,8,248,248,248,8,8,8,248,8,248,248,248,0,0,248,0,8,248,248,248,0,248,0,0,8,248,248,248,0,8,0,0,8,248,248,248,248,0,8,0,8,248,248,248,0,8,8,0,8,248,248,248,248,248,248,8,8,248,248,248,8,248,248,8,8,248,248,248,248,8,248,8,8,248,248,248,8,8,248,8,8,248,248,248,0,248,0,8,8,248,248,248,0,0,0,8,8,248,248,248,0,8,0,8,8,248,248,248,248,248,8,8,8,248,248,248,8,248,8,8,8,248,248,248,248,8,8,8,8,248,248,248,8,8,8,8,8,248,248,248,0,248,0,248,248,0,248,248,248,0,0,248,248,0,248,248,8,0,0,248,248,0,248,248,0,0,8,248,248,0,248,248,0,248,248,0,248,0,248,248,0,8,248,0,248,0,248,248,0,0,0,0,248,0,248,248,8,8,0,0,248,0,248,248,248,0,8,0,248,0,248,248,0,0,8,0,248,0,248,248,0,248,0,8,248,0,248,248,0,8,0,8,248,0,248,248,0,0,8,8,248,0,248,248,0,248,248,248,0,0,248,248,248,0,248,248,0,0,248,248,0,0,248,248,0,0,248,248,8,0,248,248,0,0,248,248,0,0,0,248,0,0,248,248,248,8,0,248,0,0,248,248,8,8,0,248,0,0,248,248,0,8,8,248,0,0,248,248,248,248,248,0,0,0,248,248,0,0,248,0,0,0,248,248,8,8,248,0,0,0,248,248,248,248,0,0,0,0,248,248,0,248,0,0,0,0,248,248,248,0,0,0,0,0,248,248,0,0,0,0,0,0,248,248,8,0,0,0,0,0,248,248,0,8,0,0,0,0,248,248,248,248,8,0,0,0,248,248,8,248,8,0,0,0,248,248,0,0,8,0,0,0,248,248,248,8,8,0,0,0,248,248,8,8,8,0,0,0,248,248,0,248,248,8,0,0,248,248,0,248,0,8,0,0,248,248,0,0,0,8,0,0,248,248,248,8,0,8,0,0,248,248,8,8,0,8,0,0,248,248,0,248,8,8,0,0,248,248,248,0,8,8,0,0,248,248,0,0,8,8,0,0,248,248,8,0,8,8,0,0,248,248,0,8,8,8,0,0,248,248,248,0,0,248,8,0,248,248,0,8,0,248,8,0,248,248,0,248,248,0,8,0,248,248,248,0,248,0,8,0,248,248,248,248,0,0,8,0,248,248,8,248,0,0,8,0,248,248,0,0,0,0,8,0,248,248,248,8,0,0,8,0,248,248,248,248,8,0,8,0,248,248,0,248,8,0,8,0,248,248,8,0,8,0,8,0,248,248,0,8,8,0,8,0,248,248,0,0,248,8,8,0,248,248,0,248,0,8,8,0,248,248,248,0,0,8,8,0,248,248,0,8,0,8,8,0,248,248,248,248,248,248,248,8,248,248,8,248,248,248,248,8,248,248,248,8,248,248,248,8,248,248,8,8,248,248,248,8,248,248,0,0,0,248,248,8,248,248,248,248,8,248,248,8,248,248,8,248,8,248,248,8,248,248,248,8,8,248,248,8,248,248,8,8,8,248,248,8,248,248,0,0,248,0,248,8,248,248,0,248,0,0,248,8,248,248,8,0,0,0,248,8,248,248,0,0,8,0,248,8,248,248,248,248,248,8,248,8,248,248,8,248,248,8,248,8,248,248,248,8,248,8,248,8,248,248,8,8,248,8,248,8,248,248,0,0,0,8,248,8,248,248,248,248,8,8,248,8,248,248,8,248,8,8,248,8,248,248,248,8,8,8,248,8,248,248,8,8,8,8,248,8,248,248,0,0,248,248,0,8,248,248,0,248,0,248,0,8,248,248,248,0,0,248,0,8,248,248,0,8,0,248,0,8,248,248,248,0,8,248,0,8,248,248,0,0,8,248,0,8,248,248,0,248,248,0,0,8,248,248,248,248,0,0,0,8,248,248,0,248,0,0,0,8,248,248,0,0,0,0,0,8,248,248,0,248,8,0,0,8,248,248,248,0,8,0,0,8,248,248,0,8,8,0,0,8,248,248,0,248,0,8,0,8,248,248,248,0,0,8,0,8,248,248,8,0,0,8,0,8,248,248,0,8,0,8,0,8,248,248,0,0,8,8,0,8,248,248,248,248,248,248,8,8,248,248,8,248,248,248,8,8,248,248,248,8,248,248,8,8,248,248,8,8,248,248,8,8,248,248,0,0,0,248,8,8,248,248,248,248,8,248,8,8,248,248,8,248,8,248,8,8,248,248,248,8,8,248,8,8,248,248,8,8,8,248,8,8,248,248,0,0,248,0,8,8,248,248,0,248,0,0,8,8,248,248,0,8,0,0,8,8,248,248,0,248,8,0,8,8,248,248,0,0,8,0,8,8,248,248,248,248,248,8,8,8,248,248,8,248,248,8,8,8,248,248,0,0,248,8,8,8,248,248,248,8,248,8,8,8,248,248,8,8,248,8,8,8,248,248,0,0,0,8,8,8,248,248,248,248,8,8,8,8,248,248,8,248,8,8,8,8,248,248,248,8,8,8,8,8,248,248,8,8,8,8,8,8,248,248,248,248,0,248,248,248,0,248,0,248,0,248,248,248,0,248,248,0,0,248,248,248,0,248,0,8,0,248,248,248,0,248,248,0,8,248,248,248,0,248,0,0,8,248,248,248,0,248,0,248,248,0,248,248,0,248,248,0,248,0,248,248,0,248,248,248,0,0,248,248,0,248,0,0,0,0,248,248,0,248,248,8,0,0,248,248,0,248,0,248,8,0,248,248,0,248,248,0,8,0,248,248,0,248,0,0,8,0,248,248,0,248,0,8,8,0,248,248,0,248,0,248,0,8,248,248,0,248,248,0,0,8,248,248,0,248,8,0,0,8,248,248,0,248,0,248,8,8,248,248,0,248,0,0,8,8,248,248,0,248,0,248,248,248,0,248,0,248,248,0,248,248,0,248,0,248,8,0,248,248,0,248,0,248,0,8,248,248,0,248,0,248,248,248,0,248,0,248,0,248,8,248,0,248,0,248,0,248,0,0,0,248,0,248,0,248,248,8,0,248,0,248,0,248,0,248,8,248,0,248,0,248,248,0,8,248,0,248,0,248,0,8,8,248,0,248,0,248,0,0,248,0,0,248,0,248,8,8,248,0,0,248,0,248,248,248,0,0,0,248,0,248,0,248,0,0,0,248,0,248,8,248,0,0,0,248,0,248,248,0,0,0,0,248,0,248,0,0,0,0,0,248,0,248,8,0,0,0,0,248,0,248,0,8,0,0,0,248,0,248,248,248,8,0,0,248,0,248,0,0,8,0,0,248,0,248,248,0,248,8,0,248,0,248,8,248,0,8,0,248,0,248,0,0,0,8,0,248,0,248,0,248,8,8,0,248,0,248,248,0,8,8,0,248,0,248,0,248,0,248,8,248,0,248,248,0,0,248,8,248,0,248,8,0,0,248,8,248,0,248,0,0,8,248,8,248,0,248,248,248,248,0,8,248,0,248,8,0,248,0,8,248,0,248,0,8,248,0,8,248,0,248,8,248,0,0,8,248,0,248,0,0,0,0,8,248,0,248,248,8,0,0,8,248,0,248,8,8,0,0,8,248,0,248,248,0,8,0,8,248,0,248,8,0,8,0,8,248,0,248,0,0,248,8,8,248,0,248,0,248,0,8,8,248,0,248,248,0,0,8,8,248,0,248,8,0,0,8,8,248,0,248,0,0,8,8,8,248,0,248,0,248,248,248,248,0,0,248,8,0,248,248,248,0,0,248,0,8,248,248,248,0,0,248,248,0,0,248,248,0,0,248,0,0,0,248,248,0,0,248,248,8,0,248,248,0,0,248,0,8,0,248,248,0,0,248,0,248,8,248,248,0,0,248,8,0,8,248,248,0,0,248,0,248,248,0,248,0,0,248,0,0,248,0,248,0,0,248,8,0,248,0,248,0,0,248,248,8,248,0,248,0,0,248,8,8,248,0,248,0,0,248,0,248,0,0,248,0,0,248,248,0,0,0,248,0,0,248,0,0,0,0,248,0,0,248,8,0,0,0,248,0,0,248,0,8,0,0,248,0,0,248,8,248,8,0,248,0,0,248,0,0,8,0,248,0,0,248,248,8,8,0,248,0,0,248,248,0,248,8,248,0,0,248,0,8,248,8,248,0,0,248,248,248,0,8,248,0,0,248,248,0,0,8,248,0,0,248,0,0,0,8,248,0,0,248,248,8,0,8,248,0,0,248,0,8,0,8,248,0,0,248,8,8,0,8,248,0,0,248,0,248,8,8,248,0,0,248,248,0,8,8,248,0,0,248,0,0,8,8,248,0,0,248,0,8,8,8,248,0,0,248,8,248,248,248,0,0,0,248,0,0,248,248,0,0,0,248,8,8,248,248,0,0,0,248,0,248,0,248,0,0,0,248,248,0,0,248,0,0,0,248,0,0,0,248,0,0,0,248,8,0,0,248,0,0,0,248,0,8,0,248,0,0,0,248,248,248,8,248,0,0,0,248,8,248,8,248,0,0,0,248,0,0,8,248,0,0,0,248,248,8,8,248,0,0,0,248,8,8,8,248,0,0,0,248,0,248,248,0,0,0,0,248,248,0,248,0,0,0,0,248,0,0,248,0,0,0,0,248,8,0,248,0,0,0,0,248,0,248,0,0,0,0,0,248,8,248,0,0,0,0,0,248,248,0,0,0,0,0,0,248,0,0,0,0,0,0,0,248,8,0,0,0,0,0,0,248,0,8,0,0,0,0,0,248,8,8,0,0,0,0,0,248,0,248,8,0,0,0,0,248,248,0,8,0,0,0,0,248,0,0,8,0,0,0,0,248,8,0,8,0,0,0,0,248,0,8,8,0,0,0,0,248,248,248,248,8,0,0,0,248,8,248,248,8,0,0,0,248,248,0,248,8,0,0,0,248,0,0,248,8,0,0,0,248,248,8,248,8,0,0,0,248,8,8,248,8,0,0,0,248,248,248,0,8,0,0,0,248,0,248,0,8,0,0,0,248,248,0,0,8,0,0,0,248,0,0,0,8,0,0,0,248,8,0,0,8,0,0,0,248,0,8,0,8,0,0,0,248,8,8,0,8,0,0,0,248,248,248,8,8,0,0,0,248,8,248,8,8,0,0,0,248,0,0,8,8,0,0,0,248,0,248,248,248,8,0,0,248,248,0,248,248,8,0,0,248,0,0,248,248,8,0,0,248,8,0,248,248,8,0,0,248,0,0,0,248,8,0,0,248,8,0,0,248,8,0,0,248,248,8,0,248,8,0,0,248,8,8,0,248,8,0,0,248,0,248,8,248,8,0,0,248,8,0,8,248,8,0,0,248,248,248,248,0,8,0,0,248,8,248,248,0,8,0,0,248,248,0,248,0,8,0,0,248,0,0,248,0,8,0,0,248,248,8,248,0,8,0,0,248,8,8,248,0,8,0,0,248,0,248,0,0,8,0,0,248,0,0,0,0,8,0,0,248,8,0,0,0,8,0,0,248,248,8,0,0,8,0,0,248,0,8,0,0,8,0,0,248,0,248,8,0,8,0,0,248,248,0,8,0,8,0,0,248,0,0,8,0,8,0,0,248,248,8,8,0,8,0,0,248,0,8,8,0,8,0,0,248,8,8,8,0,8,0,0,248,8,0,248,8,8,0,0,248,8,8,248,8,8,0,0,248,8,248,0,8,8,0,0,248,0,0,0,8,8,0,0,248,248,0,8,8,8,0,0,248,0,8,8,8,8,0,0,248,0,248,0,248,248,8,0,248,8,0,0,248,248,8,0,248,0,0,8,248,248,8,0,248,0,248,248,0,248,8,0,248,248,0,248,0,248,8,0,248,8,0,248,0,248,8,0,248,0,8,248,0,248,8,0,248,248,248,0,0,248,8,0,248,0,0,0,0,248,8,0,248,248,8,0,0,248,8,0,248,8,8,0,0,248,8,0,248,248,248,8,0,248,8,0,248,0,248,8,0,248,8,0,248,248,0,8,0,248,8,0,248,8,0,8,0,248,8,0,248,0,8,8,0,248,8,0,248,0,0,248,8,248,8,0,248,0,248,0,8,248,8,0,248,248,0,0,8,248,8,0,248,0,0,8,8,248,8,0,248,248,248,0,248,0,8,0,248,8,248,0,248,0,8,0,248,0,0,0,248,0,8,0,248,8,8,0,248,0,8,0,248,0,248,8,248,0,8,0,248,0,0,8,248,0,8,0,248,8,248,248,0,0,8,0,248,248,0,248,0,0,8,0,248,0,0,248,0,0,8,0,248,248,8,248,0,0,8,0,248,0,248,0,0,0,8,0,248,248,0,0,0,0,8,0,248,0,0,0,0,0,8,0,248,8,0,0,0,0,8,0,248,0,8,0,0,0,8,0,248,8,8,0,0,0,8,0,248,248,248,8,0,0,8,0,248,0,0,8,0,0,8,0,248,8,8,8,0,0,8,0,248,0,8,248,8,0,8,0,248,0,248,0,8,0,8,0,248,8,248,0,8,0,8,0,248,0,0,0,8,0,8,0,248,248,8,0,8,0,8,0,248,0,248,8,8,0,8,0,248,8,0,8,8,0,8,0,248,0,8,8,8,0,8,0,248,0,8,248,248,8,8,0,248,8,0,0,248,8,8,0,248,248,0,8,248,8,8,0,248,8,0,8,248,8,8,0,248,248,0,248,0,8,8,0,248,8,0,248,0,8,8,0,248,0,8,248,0,8,8,0,248,248,248,0,0,8,8,0,248,8,248,0,0,8,8,0,248,0,0,0,0,8,8,0,248,248,8,0,0,8,8,0,248,0,248,8,0,8,8,0,248,8,0,8,0,8,8,0,248,0,8,8,0,8,8,0,248,0,0,248,8,8,8,0,248,0,248,0,8,8,8,0,248,8,0,0,8,8,8,0,248,8,8,0,8,8,8,0,248,248,248,248,248,248,248,8,248,8,248,248,248,248,248,8,248,248,8,248,248,248,248,8,248,8,8,248,248,248,248,8,248,0,0,0,248,248,248,8,248,248,248,8,248,248,248,8,248,8,248,8,248,248,248,8,248,0,0,8,248,248,248,8,248,248,8,8,248,248,248,8,248,8,8,8,248,248,248,8,248,0,0,248,0,248,248,8,248,0,248,0,0,248,248,8,248,0,8,0,0,248,248,8,248,0,248,8,0,248,248,8,248,0,0,8,0,248,248,8,248,248,248,248,8,248,248,8,248,8,248,248,8,248,248,8,248,248,8,248,8,248,248,8,248,8,8,248,8,248,248,8,248,0,0,0,8,248,248,8,248,248,248,8,8,248,248,8,248,8,248,8,8,248,248,8,248,0,0,8,8,248,248,8,248,248,8,8,8,248,248,8,248,8,8,8,8,248,248,8,248,0,0,248,248,0,248,8,248,0,248,0,248,0,248,8,248,248,0,0,248,0,248,8,248,0,8,0,248,0,248,8,248,0,0,8,248,0,248,8,248,8,248,248,0,0,248,8,248,248,0,248,0,0,248,8,248,0,8,248,0,0,248,8,248,0,0,0,0,0,248,8,248,248,8,0,0,0,248,8,248,8,8,0,0,0,248,8,248,0,248,8,0,0,248,8,248,248,0,8,0,0,248,8,248,0,0,8,0,0,248,8,248,8,0,8,0,0,248,8,248,0,0,248,8,0,248,8,248,248,248,0,8,0,248,8,248,8,0,0,8,0,248,8,248,0,8,0,8,0,248,8,248,0,0,8,8,0,248,8,248,0,248,248,248,8,248,8,248,248,8,248,248,8,248,8,248,8,8,248,248,8,248,8,248,0,248,0,248,8,248,8,248,0,0,0,248,8,248,8,248,248,248,8,248,8,248,8,248,8,248,8,248,8,248,8,248,248,8,8,248,8,248,8,248,8,8,8,248,8,248,8,248,0,0,248,0,8,248,8,248,0,248,0,0,8,248,8,248,8,0,0,0,8,248,8,248,0,8,0,0,8,248,8,248,0,0,8,0,8,248,8,248,0,248,248,8,8,248,8,248,248,8,248,8,8,248,8,248,8,8,248,8,8,248,8,248,0,248,0,8,8,248,8,248,0,0,0,8,8,248,8,248,248,248,8,8,8,248,8,248,8,248,8,8,8,248,8,248,248,8,8,8,8,248,8,248,8,8,8,8,8,248,8,248,0,0,248,248,248,0,8,248,248,0,0,248,248,0,8,248,8,0,0,248,248,0,8,248,0,8,0,248,248,0,8,248,0,0,8,248,248,0,8,248,248,0,248,0,248,0,8,248,0,0,248,0,248,0,8,248,8,0,248,0,248,0,8,248,0,8,248,0,248,0,8,248,8,248,0,0,248,0,8,248,0,0,0,0,248,0,8,248,248,8,0,0,248,0,8,248,8,8,0,0,248,0,8,248,8,0,8,0,248,0,8,248,0,0,248,8,248,0,8,248,0,248,0,8,248,0,8,248,248,0,0,8,248,0,8,248,0,8,0,8,248,0,8,248,0,248,8,8,248,0,8,248,0,0,8,8,248,0,8,248,0,8,248,248,0,0,8,248,0,0,0,248,0,0,8,248,0,248,8,248,0,0,8,248,0,8,8,248,0,0,8,248,248,248,248,0,0,0,8,248,0,0,248,0,0,0,8,248,248,8,248,0,0,0,8,248,0,248,0,0,0,0,8,248,248,0,0,0,0,0,8,248,0,0,0,0,0,0,8,248,0,8,0,0,0,0,8,248,8,248,8,0,0,0,8,248,0,0,8,0,0,0,8,248,248,8,8,0,0,0,8,248,0,8,248,8,0,0,8,248,248,248,0,8,0,0,8,248,248,0,0,8,0,0,8,248,0,0,0,8,0,0,8,248,248,8,0,8,0,0,8,248,8,8,0,8,0,0,8,248,0,248,8,8,0,0,8,248,248,0,8,8,0,0,8,248,8,0,8,8,0,0,8,248,0,8,8,8,0,0,8,248,0,0,248,248,8,0,8,248,248,248,0,248,8,0,8,248,8,248,0,248,8,0,8,248,0,8,0,248,8,0,8,248,0,0,8,248,8,0,8,248,0,248,248,0,8,0,8,248,0,8,248,0,8,0,8,248,0,0,0,0,8,0,8,248,248,248,8,0,8,0,8,248,0,248,8,0,8,0,8,248,0,8,8,0,8,0,8,248,248,0,248,8,8,0,8,248,8,0,248,8,8,0,8,248,248,248,0,8,8,0,8,248,8,8,0,8,8,0,8,248,248,248,248,248,248,8,8,248,8,248,248,248,248,8,8,248,248,8,248,248,248,8,8,248,8,8,248,248,248,8,8,248,0,0,0,248,248,8,8,248,248,248,8,248,248,8,8,248,8,248,8,248,248,8,8,248,248,8,8,248,248,8,8,248,8,8,8,248,248,8,8,248,0,0,248,0,248,8,8,248,0,248,0,0,248,8,8,248,248,0,0,0,248,8,8,248,0,0,8,0,248,8,8,248,248,248,248,8,248,8,8,248,8,248,248,8,248,8,8,248,248,8,248,8,248,8,8,248,8,8,248,8,248,8,8,248,248,248,8,8,248,8,8,248,8,248,8,8,248,8,8,248,248,8,8,8,248,8,8,248,8,8,8,8,248,8,8,248,0,8,248,248,0,8,8,248,0,248,0,248,0,8,8,248,248,0,0,248,0,8,8,248,0,8,0,248,0,8,8,248,0,0,8,248,0,8,8,248,8,0,248,0,0,8,8,248,0,8,248,0,0,8,8,248,8,248,0,0,0,8,8,248,0,0,0,0,0,8,8,248,0,248,8,0,0,8,8,248,248,0,8,0,0,8,8,248,8,0,8,0,0,8,8,248,0,8,8,0,0,8,8,248,0,0,248,8,0,8,8,248,248,248,0,8,0,8,8,248,8,0,0,8,0,8,8,248,0,8,0,8,0,8,8,248,248,0,8,8,0,8,8,248,0,0,8,8,0,8,8,248,248,248,248,248,8,8,8,248,8,248,248,248,8,8,8,248,248,8,248,248,8,8,8,248,8,8,248,248,8,8,8,248,248,248,8,248,8,8,8,248,8,248,8,248,8,8,8,248,248,8,8,248,8,8,8,248,8,8,8,248,8,8,8,248,0,0,248,0,8,8,8,248,0,248,0,0,8,8,8,248,8,0,0,0,8,8,8,248,0,8,0,0,8,8,8,248,0,0,8,0,8,8,8,248,248,248,248,8,8,8,8,248,8,248,248,8,8,8,8,248,248,8,248,8,8,8,8,248,8,8,248,8,8,8,8,248,0,0,0,8,8,8,8,248,248,248,8,8,8,8,8,248,8,248,8,8,8,8,8,248,248,8,8,8,8,8,8,248,8,8,8,8,8,8,8,248,0,0,248,248,248,248,248,0,0,248,0,248,248,248,248,0,8,0,0,248,248,248,248,0,0,0,8,248,248,248,248,0,0,8,248,0,248,248,248,0,8,248,0,0,248,248,248,0,0,0,0,0,248,248,248,0,248,8,0,0,248,248,248,0,8,8,0,0,248,248,248,0,0,248,8,0,248,248,248,0,248,0,8,0,248,248,248,0,8,0,8,0,248,248,248,0,248,0,0,8,248,248,248,0,0,8,0,8,248,248,248,0,0,248,8,8,248,248,248,0,8,0,8,8,248,248,248,0,248,248,248,248,0,248,248,0,0,248,248,248,0,248,248,0,248,0,248,248,0,248,248,0,8,0,248,248,0,248,248,0,0,8,248,248,0,248,248,0,8,248,0,248,0,248,248,0,0,0,0,248,0,248,248,0,8,0,0,248,0,248,248,0,248,8,0,248,0,248,248,0,8,8,0,248,0,248,248,0,0,248,8,248,0,248,248,0,8,0,8,248,0,248,248,0,0,8,8,248,0,248,248,0,0,0,248,0,0,248,248,0,248,8,248,0,0,248,248,0,8,8,248,0,0,248,248,0,0,248,0,0,0,248,248,0,248,0,0,0,0,248,248,0,0,0,0,0,0,248,248,0,8,0,0,0,0,248,248,0,0,8,0,0,0,248,248,0,8,8,0,0,0,248,248,0,0,0,8,0,0,248,248,0,248,8,8,0,0,248,248,0,8,8,8,0,0,248,248,0,0,248,248,8,0,248,248,0,248,0,248,8,0,248,248,0,8,0,248,8,0,248,248,0,248,248,0,8,0,248,248,0,8,248,0,8,0,248,248,0,0,0,0,8,0,248,248,0,248,248,8,8,0,248,248,0,0,248,8,8,0,248,248,0,8,248,8,8,0,248,248,0,0,0,248,248,8,248,248,0,0,248,0,248,8,248,248,0,248,0,0,248,8,248,248,0,8,0,0,248,8,248,248,0,0,0,8,248,8,248,248,0,0,248,248,0,8,248,248,0,8,248,0,0,8,248,248,0,0,0,0,0,8,248,248,0,8,8,0,0,8,248,248,0,248,0,8,0,8,248,248,0,0,8,8,0,8,248,248,0,0,8,248,8,8,248,248,0,248,0,0,8,8,248,248,0,0,0,8,8,8,248,248,0,0,248,248,248,248,0,248,0,0,0,0,248,248,0,248,0,0,8,0,248,248,0,248,0,0,8,8,248,248,0,248,0,0,0,248,0,248,0,248,0,248,8,248,0,248,0,248,0,8,8,248,0,248,0,248,0,0,248,0,0,248,0,248,0,248,0,0,0,248,0,248,0,0,0,0,0,248,0,248,0,8,0,0,0,248,0,248,0,0,248,8,0,248,0,248,0,8,248,8,0,248,0,248,0,0,0,8,0,248,0,248,0,248,8,8,0,248,0,248,0,8,8,8,0,248,0,248,0,0,248,248,8,248,0,248,0,8,0,248,8,248,0,248,0,0,8,248,8,248,0,248,0,248,248,0,8,248,0,248,0,8,248,0,8,248,0,248,0,0,0,0,8,248,0,248,0,248,248,8,8,248,0,248,0,0,248,8,8,248,0,248,0,0,8,8,8,248,0,248,0,0,248,248,248,0,0,248,0,8,248,248,248,0,0,248,0,0,0,248,248,0,0,248,0,8,8,248,248,0,0,248,0,0,248,0,248,0,0,248,0,248,0,0,248,0,0,248,0,0,0,0,248,0,0,248,0,8,0,0,248,0,0,248,0,0,8,0,248,0,0,248,0,248,248,8,248,0,0,248,0,0,0,8,248,0,0,248,0,8,8,8,248,0,0,248,0,0,248,248,0,0,0,248,0,248,0,248,0,0,0,248,0,0,0,248,0,0,0,248,0,8,0,248,0,0,0,248,0,0,8,248,0,0,0,248,0,248,248,0,0,0,0,248,0,0,248,0,0,0,0,248,0,248,0,0,0,0,0,248,0,0,0,0,0,0,0,248,0,8,0,0,0,0,0,248,0,248,8,0,0,0,0,248,0,0,8,0,0,0,0,248,0,0,248,8,0,0,0,248,0,248,0,8,0,0,0,248,0,0,0,8,0,0,0,248,0,8,0,8,0,0,0,248,0,0,8,8,0,0,0,248,0,8,248,248,8,0,0,248,0,248,0,248,8,0,0,248,0,0,0,248,8,0,0,248,0,248,8,248,8,0,0,248,0,0,248,0,8,0,0,248,0,248,0,0,8,0,0,248,0,0,0,0,8,0,0,248,0,8,0,0,8,0,0,248,0,0,8,0,8,0,0,248,0,8,8,0,8,0,0,248,0,0,0,8,8,0,0,248,0,248,8,8,8,0,0,248,0,8,8,8,8,0,0,248,0,0,248,248,248,8,0,248,0,0,0,248,248,8,0,248,0,0,8,248,248,8,0,248,0,248,0,0,248,8,0,248,0,0,0,0,248,8,0,248,0,248,8,0,248,8,0,248,0,8,8,0,248,8,0,248,0,0,248,8,248,8,0,248,0,248,0,8,248,8,0,248,0,0,8,8,248,8,0,248,0,248,248,248,0,8,0,248,0,8,248,248,0,8,0,248,0,0,0,248,0,8,0,248,0,248,8,248,0,8,0,248,0,248,248,0,0,8,0,248,0,0,248,0,0,8,0,248,0,8,248,0,0,8,0,248,0,0,0,0,0,8,0,248,0,8,0,0,0,8,0,248,0,0,8,0,0,8,0,248,0,8,248,8,0,8,0,248,0,0,0,8,0,8,0,248,0,248,8,8,0,8,0,248,0,0,248,248,8,8,0,248,0,0,0,248,8,8,0,248,0,8,8,248,8,8,0,248,0,248,0,0,8,8,0,248,0,0,0,0,8,8,0,248,0,0,248,8,8,8,0,248,0,248,0,8,8,8,0,248,0,8,0,8,8,8,0,248,0,0,0,248,248,248,8,248,0,0,248,0,248,248,8,248,0,0,0,0,248,248,8,248,0,8,8,0,248,248,8,248,0,0,0,8,248,248,8,248,0,8,248,248,0,248,8,248,0,0,8,248,0,248,8,248,0,248,248,0,0,248,8,248,0,0,0,0,0,248,8,248,0,248,8,0,0,248,8,248,0,0,248,8,0,248,8,248,0,248,0,8,0,248,8,248,0,8,0,8,0,248,8,248,0,0,8,8,0,248,8,248,0,0,0,248,8,248,8,248,0,0,248,0,8,248,8,248,0,248,0,0,8,248,8,248,0,8,0,0,8,248,8,248,0,0,8,0,8,248,8,248,0,0,0,8,8,248,8,248,0,0,248,248,248,0,8,248,0,0,0,248,248,0,8,248,0,8,0,248,248,0,8,248,0,8,8,248,248,0,8,248,0,248,248,0,248,0,8,248,0,248,0,0,248,0,8,248,0,0,0,0,248,0,8,248,0,248,8,0,248,0,8,248,0,0,248,8,248,0,8,248,0,248,0,8,248,0,8,248,0,8,0,8,248,0,8,248,0,248,248,248,0,0,8,248,0,0,0,248,0,0,8,248,0,8,8,248,0,0,8,248,0,0,248,0,0,0,8,248,0,8,248,0,0,0,8,248,0,248,0,0,0,0,8,248,0,0,0,0,0,0,8,248,0,8,0,0,0,0,8,248,0,0,8,0,0,0,8,248,0,248,248,8,0,0,8,248,0,8,248,8,0,0,8,248,0,0,0,8,0,0,8,248,0,8,0,8,0,0,8,248,0,8,8,8,0,0,8,248,0,8,0,248,8,0,8,248,0,0,8,248,8,0,8,248,0,8,248,0,8,0,8,248,0,0,0,0,8,0,8,248,0,8,0,0,8,0,8,248,0,248,8,0,8,0,8,248,0,0,248,8,8,0,8,248,0,248,0,8,8,0,8,248,0,8,0,8,8,0,8,248,0,0,8,8,8,0,8,248,0,8,0,0,248,8,8,248,0,248,0,248,0,8,8,248,0,8,0,248,0,8,8,248,0,0,8,248,0,8,8,248,0,0,0,0,0,8,8,248,0,248,8,0,0,8,8,248,0,8,8,0,0,8,8,248,0,248,0,8,0,8,8,248,0,0,8,8,0,8,8,248,0,248,0,0,8,8,8,248,0,0,0,8,8,8,8,248,0,0,248,248,248,248,248,0,0,248,0,248,248,248,248,0,0,0,0,248,248,248,248,0,0,8,0,248,248,248,248,0,0,0,8,248,248,248,248,0,0,8,248,0,248,248,248,0,0,0,0,0,248,248,248,0,0,8,8,0,248,248,248,0,0,0,248,8,248,248,248,0,0,248,0,8,248,248,248,0,0,0,8,8,248,248,248,0,0,248,248,248,0,248,248,0,0,0,0,248,0,248,248,0,0,248,8,248,0,248,248,0,0,0,248,0,0,248,248,0,0,248,0,0,0,248,248,0,0,0,0,0,0,248,248,0,0,8,0,0,0,248,248,0,0,0,8,0,0,248,248,0,0,0,0,8,0,248,248,0,0,248,8,8,0,248,248,0,0,8,0,248,8,248,248,0,0,0,8,248,8,248,248,0,0,0,0,0,8,248,248,0,0,248,8,0,8,248,248,0,0,248,248,8,8,248,248,0,0,0,248,8,8,248,248,0,0,8,0,8,8,248,248,0,0,0,8,8,8,248,248,0,0,0,0,248,248,0,248,0,0,248,8,248,248,0,248,0,0,0,8,248,248,0,248,0,0,8,8,248,248,0,248,0,0,0,248,0,248,0,248,0,0,248,0,0,248,0,248,0,0,0,0,0,248,0,248,0,0,8,0,0,248,0,248,0,0,248,8,0,248,0,248,0,0,0,8,0,248,0,248,0,0,248,248,8,248,0,248,0,0,0,0,8,248,0,248,0,0,8,0,8,248,0,248,0,0,248,8,8,248,0,248,0,0,8,8,8,248,0,248,0,0,0,248,248,0,0,248,0,0,248,0,248,0,0,248,0,0,0,0,248,0,0,248,0,0,8,0,248,0,0,248,0,0,0,8,248,0,0,248,0,0,248,248,0,0,0,248,0,0,0,248,0,0,0,248,0,0,8,248,0,0,0,248,0,0,248,0,0,0,0,248,0,0,0,0,0,0,0,248,0,0,8,0,0,0,0,248,0,0,248,8,0,0,0,248,0,0,0,8,0,0,0,248,0,0,8,8,0,0,0,248,0,0,0,248,8,0,0,248,0,0,248,0,8,0,0,248,0,0,0,0,8,0,0,248,0,0,8,0,8,0,0,248,0,0,0,8,8,0,0,248,0,0,8,248,248,8,0,248,0,0,0,0,248,8,0,248,0,0,0,248,0,8,0,248,0,0,248,0,0,8,0,248,0,0,0,0,0,8,0,248,0,0,8,0,0,8,0,248,0,0,0,8,0,8,0,248,0,0,248,248,8,8,0,248,0,0,0,0,8,8,0,248,0,0,8,8,8,8,0,248,0,0,0,248,248,248,8,248,0,0,8,0,248,248,8,248,0,0,8,248,0,248,8,248,0,0,0,0,0,248,8,248,0,0,8,8,0,248,8,248,0,0,0,248,8,248,8,248,0,0,248,0,8,248,8,248,0,0,8,248,248,0,8,248,0,0,0,0,248,0,8,248,0,0,8,8,248,0,8,248,0,0,0,248,0,0,8,248,0,0,248,0,0,0,8,248,0,0,0,0,0,0,8,248,0,0,8,0,0,0,8,248,0,0,0,8,0,0,8,248,0,0,8,248,8,0,8,248,0,0,0,0,8,0,8,248,0,0,0,0,248,8,8,248,0,0,248,248,0,8,8,248,0,0,8,248,0,8,8,248,0,0,0,0,0,8,8,248,0,0,0,8,0,8,8,248,0,0,8,8,0,8,8,248,0,0,248,0,8,8,8,248,0,0,248,0,248,248,248,0,0,0,0,0,248,248,248,0,0,0,0,248,0,248,248,0,0,0,248,0,0,248,248,0,0,0,0,0,0,248,248,0,0,0,8,0,0,248,248,0,0,0,248,8,0,248,248,0,0,0,0,8,0,248,248,0,0,0,0,248,8,248,248,0,0,0,0,0,8,248,248,0,0,0,248,8,8,248,248,0,0,0,8,8,8,248,248,0,0,0,0,248,248,0,248,0,0,0,248,0,248,0,248,0,0,0,0,0,248,0,248,0,0,0,8,0,248,0,248,0,0,0,0,8,248,0,248,0,0,0,8,8,248,0,248,0,0,0,248,248,0,0,248,0,0,0,0,248,0,0,248,0,0,0,248,0,0,0,248,0,0,0,0,0,0,0,248,0,0,0,8,0,0,0,248,0,0,0,248,8,0,0,248,0,0,0,0,8,0,0,248,0,0,0,8,8,0,0,248,0,0,0,0,248,8,0,248,0,0,0,8,248,8,0,248,0,0,0,248,0,8,0,248,0,0,0,0,0,8,0,248,0,0,0,8,0,8,0,248,0,0,0,0,8,8,0,248,0,0,0,248,248,248,8,248,0,0,0,248,8,248,8,248,0,0,0,8,8,248,8,248,0,0,0,0,248,0,8,248,0,0,0,248,0,0,8,248,0,0,0,0,0,0,8,248,0,0,0,8,0,0,8,248,0,0,0,0,8,0,8,248,0,0,0,0,248,8,8,248,0,0,0,248,0,8,8,248,0,0,0,0,0,8,8,248,0,0,0,8,8,8,8,248,0,0,0,0,248,248,248,0,0,0,0,8,248,248,248,0,0,0,0,248,0,248,248,0,0,0,0,0,0,248,248,0,0,0,0,8,0,248,248,0,0,0,0,0,8,248,248,0,0,0,0,248,248,0,248,0,0,0,0,0,248,0,248,0,0,0,0,8,248,0,248,0,0,0,0,248,0,0,248,0,0,0,0,0,0,0,248,0,0,0,0,8,0,0,248,0,0,0,0,0,8,0,248,0,0,0,0,8,8,0,248,0,0,0,0,0,248,8,248,0,0,0,0,248,0,8,248,0,0,0,0,0,0,8,248,0,0,0,0,8,0,8,248,0,0,0,0,0,8,8,248,0,0,0,0,248,248,248,0,0,0,0,0,0,248,248,0,0,0,0,0,8,248,248,0,0,0,0,0,248,0,248,0,0,0,0,0,0,0,248,0,0,0,0,0,8,0,248,0,0,0,0,0,248,8,248,0,0,0,0,0,0,8,248,0,0,0,0,0,248,248,0,0,0,0,0,0,0,248,0,0,0,0,0,0,8,248,0,0,0,0,0,0,248,0,0,0,0,0,0,0,0,0,0,0,0,0,0,0,8,0,0,0,0,0,0,0,248,8,0,0,0,0,0,0,0,8,0,0,0,0,0,0,8,8,0,0,0,0,0,0,248,248,8,0,0,0,0,0,0,248,8,0,0,0,0,0,248,0,8,0,0,0,0,0,0,0,8,0,0,0,0,0,8,0,8,0,0,0,0,0,248,8,8,0,0,0,0,0,0,8,8,0,0,0,0,0,8,8,8,0,0,0,0,0,0,248,248,8,0,0,0,0,248,0,248,8,0,0,0,0,0,0,248,8,0,0,0,0,0,8,248,8,0,0,0,0,8,8,248,8,0,0,0,0,248,248,0,8,0,0,0,0,0,248,0,8,0,0,0,0,248,0,0,8,0,0,0,0,0,0,0,8,0,0,0,0,8,0,0,8,0,0,0,0,248,8,0,8,0,0,0,0,0,8,0,8,0,0,0,0,0,248,8,8,0,0,0,0,248,0,8,8,0,0,0,0,0,0,8,8,0,0,0,0,8,0,8,8,0,0,0,0,0,8,8,8,0,0,0,0,248,248,248,248,8,0,0,0,0,248,248,248,8,0,0,0,8,248,248,248,8,0,0,0,248,0,248,248,8,0,0,0,8,0,248,248,8,0,0,0,248,8,248,248,8,0,0,0,0,8,248,248,8,0,0,0,0,248,0,248,8,0,0,0,248,0,0,248,8,0,0,0,0,0,0,248,8,0,0,0,248,8,0,248,8,0,0,0,0,8,0,248,8,0,0,0,248,248,8,248,8,0,0,0,0,248,8,248,8,0,0,0,8,248,8,248,8,0,0,0,248,0,8,248,8,0,0,0,0,0,8,248,8,0,0,0,8,0,8,248,8,0,0,0,248,8,8,248,8,0,0,0,0,8,8,248,8,0,0,0,0,248,248,0,8,0,0,0,0,0,248,0,8,0,0,0,8,0,248,0,8,0,0,0,248,8,248,0,8,0,0,0,0,8,248,0,8,0,0,0,8,8,248,0,8,0,0,0,248,248,0,0,8,0,0,0,0,248,0,0,8,0,0,0,8,248,0,0,8,0,0,0,248,0,0,0,8,0,0,0,0,0,0,0,8,0,0,0,8,0,0,0,8,0,0,0,248,8,0,0,8,0,0,0,0,8,0,0,8,0,0,0,8,8,0,0,8,0,0,0,0,248,8,0,8,0,0,0,248,0,8,0,8,0,0,0,0,0,8,0,8,0,0,0,0,8,8,0,8,0,0,0,8,248,248,8,8,0,0,0,0,0,248,8,8,0,0,0,8,0,248,8,8,0,0,0,248,8,248,8,8,0,0,0,0,8,248,8,8,0,0,0,8,8,248,8,8,0,0,0,0,248,0,8,8,0,0,0,0,0,0,8,8,0,0,0,8,8,0,8,8,0,0,0,8,248,8,8,8,0,0,0,0,0,8,8,8,0,0,0,8,0,8,8,8,0,0,0,248,8,8,8,8,0,0,0,0,8,8,8,8,0,0,0,248,0,248,248,248,8,0,0,0,0,248,248,248,8,0,0,8,0,248,248,248,8,0,0,0,8,248,248,248,8,0,0,248,248,0,248,248,8,0,0,0,0,0,248,248,8,0,0,248,8,0,248,248,8,0,0,0,248,8,248,248,8,0,0,8,8,8,248,248,8,0,0,0,0,248,0,248,8,0,0,248,8,248,0,248,8,0,0,8,8,248,0,248,8,0,0,0,248,0,0,248,8,0,0,248,0,0,0,248,8,0,0,0,0,0,0,248,8,0,0,8,0,0,0,248,8,0,0,248,8,0,0,248,8,0,0,0,8,0,0,248,8,0,0,248,248,8,0,248,8,0,0,8,248,8,0,248,8,0,0,248,0,8,0,248,8,0,0,0,0,8,0,248,8,0,0,8,248,248,8,248,8,0,0,0,8,248,8,248,8,0,0,248,248,0,8,248,8,0,0,8,248,0,8,248,8,0,0,0,0,0,8,248,8,0,0,248,8,0,8,248,8,0,0,0,248,8,8,248,8,0,0,0,8,8,8,248,8,0,0,0,248,248,248,0,8,0,0,8,248,248,248,0,8,0,0,0,0,248,248,0,8,0,0,8,8,248,248,0,8,0,0,0,248,0,248,0,8,0,0,248,0,0,248,0,8,0,0,0,0,0,248,0,8,0,0,8,0,0,248,0,8,0,0,0,8,0,248,0,8,0,0,0,0,8,248,0,8,0,0,0,248,248,0,0,8,0,0,248,0,248,0,0,8,0,0,0,0,248,0,0,8,0,0,8,0,248,0,0,8,0,0,0,8,248,0,0,8,0,0,248,248,0,0,0,8,0,0,0,248,0,0,0,8,0,0,8,248,0,0,0,8,0,0,248,0,0,0,0,8,0,0,0,0,0,0,0,8,0,0,8,0,0,0,0,8,0,0,248,8,0,0,0,8,0,0,0,8,0,0,0,8,0,0,8,8,0,0,0,8,0,0,0,248,8,0,0,8,0,0,248,0,8,0,0,8,0,0,0,0,8,0,0,8,0,0,8,0,8,0,0,8,0,0,0,8,8,0,0,8,0,0,0,248,248,8,0,8,0,0,0,0,248,8,0,8,0,0,0,8,248,8,0,8,0,0,0,248,0,8,0,8,0,0,248,0,0,8,0,8,0,0,0,0,0,8,0,8,0,0,8,0,0,8,0,8,0,0,248,8,0,8,0,8,0,0,0,8,0,8,0,8,0,0,0,0,8,8,0,8,0,0,248,0,248,248,8,8,0,0,248,8,248,248,8,8,0,0,0,0,0,248,8,8,0,0,8,8,0,248,8,8,0,0,248,248,8,248,8,8,0,0,0,0,8,248,8,8,0,0,8,0,8,248,8,8,0,0,0,8,8,248,8,8,0,0,0,0,248,0,8,8,0,0,248,8,248,0,8,8,0,0,0,8,248,0,8,8,0,0,0,248,0,0,8,8,0,0,0,0,0,0,8,8,0,0,8,0,0,0,8,8,0,0,248,8,0,0,8,8,0,0,0,8,0,0,8,8,0,0,8,248,8,0,8,8,0,0,0,0,8,0,8,8,0,0,248,8,8,0,8,8,0,0,8,8,8,0,8,8,0,0,0,248,248,8,8,8,0,0,8,8,248,8,8,8,0,0,8,248,0,8,8,8,0,0,0,0,0,8,8,8,0,0,8,0,0,8,8,8,0,0,248,8,0,8,8,8,0,0,8,8,0,8,8,8,0,0,0,248,8,8,8,8,0,0,0,0,248,248,248,248,8,0,248,0,0,248,248,248,8,0,8,0,0,248,248,248,8,0,0,8,0,248,248,248,8,0,0,0,8,248,248,248,8,0,248,0,248,0,248,248,8,0,248,248,0,0,248,248,8,0,0,0,0,0,248,248,8,0,8,0,0,0,248,248,8,0,248,8,0,0,248,248,8,0,8,8,0,0,248,248,8,0,0,248,8,0,248,248,8,0,248,0,8,0,248,248,8,0,8,0,8,0,248,248,8,0,0,8,8,0,248,248,8,0,0,248,248,8,248,248,8,0,8,0,0,8,248,248,8,0,0,0,8,8,248,248,8,0,0,248,248,248,0,248,8,0,248,0,248,248,0,248,8,0,8,0,248,248,0,248,8,0,0,8,248,248,0,248,8,0,8,248,0,248,0,248,8,0,0,0,0,248,0,248,8,0,0,248,8,248,0,248,8,0,8,248,8,248,0,248,8,0,8,0,8,248,0,248,8,0,0,8,8,248,0,248,8,0,0,0,248,0,0,248,8,0,0,8,248,0,0,248,8,0,0,248,0,0,0,248,8,0,0,0,0,0,0,248,8,0,8,0,0,0,0,248,8,0,0,8,0,0,0,248,8,0,0,0,8,0,0,248,8,0,8,0,8,0,0,248,8,0,8,8,8,0,0,248,8,0,248,0,248,8,0,248,8,0,8,8,248,8,0,248,8,0,8,248,0,8,0,248,8,0,0,0,0,8,0,248,8,0,0,248,8,8,0,248,8,0,8,0,8,8,0,248,8,0,0,8,8,8,0,248,8,0,0,248,0,248,8,248,8,0,8,0,0,248,8,248,8,0,0,8,0,248,8,248,8,0,248,248,248,0,8,248,8,0,0,248,248,0,8,248,8,0,8,0,248,0,8,248,8,0,0,0,0,0,8,248,8,0,8,0,0,0,8,248,8,0,248,8,0,0,8,248,8,0,248,248,8,0,8,248,8,0,0,0,248,8,8,248,8,0,0,248,0,8,8,248,8,0,8,0,0,8,8,248,8,0,0,0,8,8,8,248,8,0,0,248,0,248,248,0,8,0,8,248,0,248,248,0,8,0,0,0,0,248,248,0,8,0,8,0,0,248,248,0,8,0,8,8,0,248,248,0,8,0,0,248,8,248,248,0,8,0,8,0,8,248,248,0,8,0,0,8,8,248,248,0,8,0,248,248,248,0,248,0,8,0,8,248,248,0,248,0,8,0,0,0,248,0,248,0,8,0,248,8,248,0,248,0,8,0,8,8,248,0,248,0,8,0,0,248,0,0,248,0,8,0,248,0,0,0,248,0,8,0,0,0,0,0,248,0,8,0,8,0,0,0,248,0,8,0,0,8,0,0,248,0,8,0,8,8,0,0,248,0,8,0,248,248,8,0,248,0,8,0,8,248,8,0,248,0,8,0,0,0,8,0,248,0,8,0,248,0,248,8,248,0,8,0,0,0,248,8,248,0,8,0,0,8,248,8,248,0,8,0,248,248,0,8,248,0,8,0,8,248,0,8,248,0,8,0,248,0,0,8,248,0,8,0,0,0,0,8,248,0,8,0,8,0,0,8,248,0,8,0,248,8,0,8,248,0,8,0,8,8,0,8,248,0,8,0,0,248,8,8,248,0,8,0,248,0,8,8,248,0,8,0,0,8,8,8,248,0,8,0,0,0,248,248,0,0,8,0,248,8,248,248,0,0,8,0,8,8,248,248,0,0,8,0,0,248,0,248,0,0,8,0,0,0,0,248,0,0,8,0,8,0,0,248,0,0,8,0,0,8,0,248,0,0,8,0,248,0,248,0,0,0,8,0,0,0,248,0,0,0,8,0,8,0,248,0,0,0,8,0,0,8,248,0,0,0,8,0,248,248,0,0,0,0,8,0,0,248,0,0,0,0,8,0,248,0,0,0,0,0,8,0,0,0,0,0,0,0,8,0,8,0,0,0,0,0,8,0,0,8,0,0,0,0,8,0,0,248,8,0,0,0,8,0,248,0,8,0,0,0,8,0,0,0,8,0,0,0,8,0,8,0,8,0,0,0,8,0,0,8,8,0,0,0,8,0,8,0,248,8,0,0,8,0,0,8,248,8,0,0,8,0,8,8,248,8,0,0,8,0,0,248,0,8,0,0,8,0,0,0,0,8,0,0,8,0,8,0,0,8,0,0,8,0,0,8,0,8,0,0,8,0,8,8,0,8,0,0,8,0,8,248,8,8,0,0,8,0,0,0,8,8,0,0,8,0,8,0,8,8,0,0,8,0,248,8,8,8,0,0,8,0,8,248,248,248,8,0,8,0,0,8,248,248,8,0,8,0,0,0,0,248,8,0,8,0,248,248,8,248,8,0,8,0,8,0,8,248,8,0,8,0,248,8,8,248,8,0,8,0,0,8,8,248,8,0,8,0,248,248,248,0,8,0,8,0,0,0,248,0,8,0,8,0,248,8,248,0,8,0,8,0,8,8,248,0,8,0,8,0,0,248,0,0,8,0,8,0,248,0,0,0,8,0,8,0,0,0,0,0,8,0,8,0,8,0,0,0,8,0,8,0,248,8,0,0,8,0,8,0,8,8,0,0,8,0,8,0,248,248,8,0,8,0,8,0,0,0,8,0,8,0,8,0,248,8,8,0,8,0,8,0,248,248,248,8,8,0,8,0,8,248,248,8,8,0,8,0,0,0,248,8,8,0,8,0,8,8,248,8,8,0,8,0,248,0,0,8,8,0,8,0,8,0,0,8,8,0,8,0,248,8,0,8,8,0,8,0,0,8,0,8,8,0,8,0,248,248,8,8,8,0,8,0,248,0,8,8,8,0,8,0,8,0,8,8,8,0,8,0,8,8,8,8,8,0,8,0,8,0,0,248,248,8,8,0,0,8,0,248,248,8,8,0,0,0,8,248,248,8,8,0,0,248,248,0,248,8,8,0,8,248,0,0,248,8,8,0,0,0,0,0,248,8,8,0,8,8,0,0,248,8,8,0,0,248,8,0,248,8,8,0,0,8,8,0,248,8,8,0,0,0,248,8,248,8,8,0,0,248,0,8,248,8,8,0,248,8,0,8,248,8,8,0,8,0,8,8,248,8,8,0,0,248,248,248,0,8,8,0,248,0,248,248,0,8,8,0,248,248,0,248,0,8,8,0,0,0,0,248,0,8,8,0,0,248,8,248,0,8,8,0,248,0,8,248,0,8,8,0,8,0,8,248,0,8,8,0,0,8,8,248,0,8,8,0,248,248,248,0,0,8,8,0,0,248,248,0,0,8,8,0,0,0,248,0,0,8,8,0,8,0,248,0,0,8,8,0,248,8,248,0,0,8,8,0,0,248,0,0,0,8,8,0,248,0,0,0,0,8,8,0,0,0,0,0,0,8,8,0,8,0,0,0,0,8,8,0,0,8,0,0,0,8,8,0,248,248,8,0,0,8,8,0,0,0,8,0,0,8,8,0,8,8,8,0,0,8,8,0,8,248,248,8,0,8,8,0,248,0,248,8,0,8,8,0,8,8,248,8,0,8,8,0,0,0,0,8,0,8,8,0,0,248,8,8,0,8,8,0,248,0,8,8,0,8,8,0,0,0,8,8,0,8,8,0,0,8,8,8,0,8,8,0,0,248,0,248,8,8,8,0,8,0,0,248,8,8,8,0,248,8,0,248,8,8,8,0,0,248,248,0,8,8,8,0,248,0,248,0,8,8,8,0,0,8,248,0,8,8,8,0,248,248,0,0,8,8,8,0,0,0,0,0,8,8,8,0,248,8,0,0,8,8,8,0,8,8,0,0,8,8,8,0,248,0,8,0,8,8,8,0,0,0,8,0,8,8,8,0,0,8,8,0,8,8,8,0,8,0,248,8,8,8,8,0,248,0,0,8,8,8,8,0,248,8,0,8,8,8,8,0,8,8,0,8,8,8,8,0,8,0,8,8,8,8,8,0,248,248,248,248,248,248,248,8,8,248,248,248,248,248,248,8,248,8,248,248,248,248,248,8,8,8,248,248,248,248,248,8,248,248,8,248,248,248,248,8,8,248,8,248,248,248,248,8,248,8,8,248,248,248,248,8,8,8,8,248,248,248,248,8,0,0,248,0,248,248,248,8,248,248,0,0,248,248,248,8,0,248,0,0,248,248,248,8,248,0,0,0,248,248,248,8,8,0,0,0,248,248,248,8,0,8,0,0,248,248,248,8,0,0,8,0,248,248,248,8,248,248,248,8,248,248,248,8,8,248,248,8,248,248,248,8,248,8,248,8,248,248,248,8,8,8,248,8,248,248,248,8,0,0,0,8,248,248,248,8,248,248,8,8,248,248,248,8,8,248,8,8,248,248,248,8,248,8,8,8,248,248,248,8,8,8,8,8,248,248,248,8,0,0,248,248,0,248,248,8,0,248,0,248,0,248,248,8,248,0,0,248,0,248,248,8,8,0,0,248,0,248,248,8,0,8,0,248,0,248,248,8,0,0,8,248,0,248,248,8,0,248,248,0,0,248,248,8,248,0,248,0,0,248,248,8,0,8,248,0,0,248,248,8,248,248,0,0,0,248,248,8,8,248,0,0,0,248,248,8,0,0,0,0,0,248,248,8,8,0,0,0,0,248,248,8,248,8,0,0,0,248,248,8,0,8,0,0,0,248,248,8,248,0,8,0,0,248,248,8,8,0,8,0,0,248,248,8,0,8,8,0,0,248,248,8,0,0,248,8,0,248,248,8,0,8,248,8,0,248,248,8,248,0,0,8,0,248,248,8,8,0,0,8,0,248,248,8,0,8,0,8,0,248,248,8,0,0,8,8,0,248,248,8,248,248,248,248,8,248,248,8,8,248,248,248,8,248,248,8,248,8,248,248,8,248,248,8,8,8,248,248,8,248,248,8,0,0,0,248,8,248,248,8,248,248,8,248,8,248,248,8,8,248,8,248,8,248,248,8,248,8,8,248,8,248,248,8,8,8,8,248,8,248,248,8,0,248,0,0,8,248,248,8,248,0,0,0,8,248,248,8,0,8,0,0,8,248,248,8,0,0,8,0,8,248,248,8,248,248,248,8,8,248,248,8,8,248,248,8,8,248,248,8,248,8,248,8,8,248,248,8,8,8,248,8,8,248,248,8,0,0,0,8,8,248,248,8,248,248,8,8,8,248,248,8,8,248,8,8,8,248,248,8,248,8,8,8,8,248,248,8,8,8,8,8,8,248,248,8,248,0,0,248,248,0,248,8,0,8,0,248,248,0,248,8,0,248,248,0,248,0,248,8,248,0,248,0,248,0,248,8,0,248,0,0,248,0,248,8,0,0,0,0,248,0,248,8,8,8,0,0,248,0,248,8,0,248,8,0,248,0,248,8,248,0,8,0,248,0,248,8,0,8,8,0,248,0,248,8,248,0,0,8,248,0,248,8,0,8,0,8,248,0,248,8,0,248,248,248,0,0,248,8,0,8,248,248,0,0,248,8,8,248,0,248,0,0,248,8,0,0,0,248,0,0,248,8,8,8,0,248,0,0,248,8,8,0,8,248,0,0,248,8,0,8,8,248,0,0,248,8,248,248,248,0,0,0,248,8,0,248,248,0,0,0,248,8,0,0,248,0,0,0,248,8,248,8,248,0,0,0,248,8,0,248,0,0,0,0,248,8,248,0,0,0,0,0,248,8,0,0,0,0,0,0,248,8,8,0,0,0,0,0,248,8,0,8,0,0,0,0,248,8,8,8,0,0,0,0,248,8,0,0,8,0,0,0,248,8,8,0,8,0,0,0,248,8,248,8,8,0,0,0,248,8,8,8,8,0,0,0,248,8,0,248,248,8,0,0,248,8,248,0,248,8,0,0,248,8,8,0,248,8,0,0,248,8,0,8,248,8,0,0,248,8,248,248,0,8,0,0,248,8,8,248,0,8,0,0,248,8,0,0,0,8,0,0,248,8,248,8,0,8,0,0,248,8,8,0,8,8,0,0,248,8,0,248,0,248,8,0,248,8,8,0,0,248,8,0,248,8,0,8,0,248,8,0,248,8,0,0,8,248,8,0,248,8,0,248,248,0,8,0,248,8,248,0,248,0,8,0,248,8,0,8,248,0,8,0,248,8,8,8,248,0,8,0,248,8,248,248,0,0,8,0,248,8,0,0,0,0,8,0,248,8,0,8,0,0,8,0,248,8,8,8,0,0,8,0,248,8,0,248,8,0,8,0,248,8,8,0,8,0,8,0,248,8,8,8,8,0,8,0,248,8,0,0,248,8,8,0,248,8,0,248,0,8,8,0,248,8,8,8,0,8,8,0,248,8,248,0,8,8,8,0,248,8,248,248,248,248,248,8,248,8,8,248,248,248,248,8,248,8,248,8,248,248,248,8,248,8,8,8,248,248,248,8,248,8,0,0,0,248,248,8,248,8,248,248,8,248,248,8,248,8,8,248,8,248,248,8,248,8,248,8,8,248,248,8,248,8,8,8,8,248,248,8,248,8,0,248,248,0,248,8,248,8,0,0,248,0,248,8,248,8,0,248,0,0,248,8,248,8,248,0,0,0,248,8,248,8,0,8,0,0,248,8,248,8,0,0,8,0,248,8,248,8,0,8,8,0,248,8,248,8,248,248,248,8,248,8,248,8,8,248,248,8,248,8,248,8,248,8,248,8,248,8,248,8,8,8,248,8,248,8,248,8,0,0,0,8,248,8,248,8,248,248,8,8,248,8,248,8,8,248,8,8,248,8,248,8,248,8,8,8,248,8,248,8,8,8,8,8,248,8,248,8,0,0,248,248,0,8,248,8,8,0,248,248,0,8,248,8,0,248,0,248,0,8,248,8,248,0,0,248,0,8,248,8,8,0,0,248,0,8,248,8,0,0,8,248,0,8,248,8,0,248,248,0,0,8,248,8,248,0,248,0,0,8,248,8,8,0,248,0,0,8,248,8,0,8,248,0,0,8,248,8,248,248,0,0,0,8,248,8,8,248,0,0,0,8,248,8,0,0,0,0,0,8,248,8,8,8,0,0,0,8,248,8,0,248,8,0,0,8,248,8,248,0,8,0,0,8,248,8,0,0,248,8,0,8,248,8,8,0,0,8,0,8,248,8,0,8,0,8,0,8,248,8,0,0,8,8,0,8,248,8,248,248,248,248,8,8,248,8,8,248,248,248,8,8,248,8,248,8,248,248,8,8,248,8,8,8,248,248,8,8,248,8,0,0,0,248,8,8,248,8,248,248,8,248,8,8,248,8,8,248,8,248,8,8,248,8,248,8,8,248,8,8,248,8,8,8,8,248,8,8,248,8,0,0,248,0,8,8,248,8,0,248,0,0,8,8,248,8,248,0,0,0,8,8,248,8,8,0,0,0,8,8,248,8,248,248,248,8,8,8,248,8,8,248,248,8,8,8,248,8,248,8,248,8,8,8,248,8,8,8,248,8,8,8,248,8,0,0,0,8,8,8,248,8,248,248,8,8,8,8,248,8,8,248,8,8,8,8,248,8,248,8,8,8,8,8,248,8,8,8,8,8,8,8,248,8,0,0,248,248,248,248,0,8,0,248,0,248,248,248,0,8,8,0,0,248,248,248,0,8,248,8,0,248,248,248,0,8,0,8,0,248,248,248,0,8,0,0,8,248,248,248,0,8,0,248,248,0,248,248,0,8,8,0,248,0,248,248,0,8,0,8,248,0,248,248,0,8,0,0,0,0,248,248,0,8,248,8,0,0,248,248,0,8,8,8,0,0,248,248,0,8,0,8,8,0,248,248,0,8,8,8,8,0,248,248,0,8,0,0,248,8,248,248,0,8,0,248,0,8,248,248,0,8,248,0,0,8,248,248,0,8,8,0,0,8,248,248,0,8,0,8,0,8,248,248,0,8,0,0,8,8,248,248,0,8,0,248,248,248,0,248,0,8,248,0,248,248,0,248,0,8,8,0,248,248,0,248,0,8,0,8,248,248,0,248,0,8,248,248,0,248,0,248,0,8,0,0,0,248,0,248,0,8,248,8,0,248,0,248,0,8,8,8,0,248,0,248,0,8,0,248,8,248,0,248,0,8,248,0,8,248,0,248,0,8,8,0,8,248,0,248,0,8,0,8,8,248,0,248,0,8,248,248,248,0,0,248,0,8,0,0,248,0,0,248,0,8,248,248,0,0,0,248,0,8,0,248,0,0,0,248,0,8,248,0,0,0,0,248,0,8,0,0,0,0,0,248,0,8,8,0,0,0,0,248,0,8,0,8,0,0,0,248,0,8,8,248,8,0,0,248,0,8,0,0,8,0,0,248,0,8,248,0,248,8,0,248,0,8,8,0,248,8,0,248,0,8,8,248,0,8,0,248,0,8,0,0,0,8,0,248,0,8,248,8,0,8,0,248,0,8,0,248,8,8,0,248,0,8,248,0,8,8,0,248,0,8,8,0,8,8,0,248,0,8,0,8,8,8,0,248,0,8,0,0,248,248,8,248,0,8,0,248,0,248,8,248,0,8,248,0,0,248,8,248,0,8,0,8,0,248,8,248,0,8,0,0,8,248,8,248,0,8,248,0,248,0,8,248,0,8,8,0,248,0,8,248,0,8,0,8,248,0,8,248,0,8,248,248,0,0,8,248,0,8,8,248,0,0,8,248,0,8,0,0,0,0,8,248,0,8,248,8,0,0,8,248,0,8,8,0,8,0,8,248,0,8,0,8,8,0,8,248,0,8,0,0,248,8,8,248,0,8,248,0,0,8,8,248,0,8,8,0,0,8,8,248,0,8,0,8,8,8,8,248,0,8,0,248,248,248,248,0,0,8,248,0,248,248,248,0,0,8,8,0,248,248,248,0,0,8,248,248,0,248,248,0,0,8,0,0,0,248,248,0,0,8,248,8,0,248,248,0,0,8,8,0,8,248,248,0,0,8,248,248,248,0,248,0,0,8,8,8,248,0,248,0,0,8,0,248,0,0,248,0,0,8,248,0,0,0,248,0,0,8,0,0,0,0,248,0,0,8,8,0,0,0,248,0,0,8,248,8,0,0,248,0,0,8,0,8,0,0,248,0,0,8,248,248,8,0,248,0,0,8,0,248,8,0,248,0,0,8,8,248,8,0,248,0,0,8,0,0,8,0,248,0,0,8,248,0,248,8,248,0,0,8,8,0,248,8,248,0,0,8,8,248,0,8,248,0,0,8,248,0,0,8,248,0,0,8,0,0,0,8,248,0,0,8,248,8,0,8,248,0,0,8,0,248,8,8,248,0,0,8,0,8,8,8,248,0,0,8,248,248,248,248,0,0,0,8,0,0,248,248,0,0,0,8,248,8,248,248,0,0,0,8,8,8,248,248,0,0,0,8,248,248,0,248,0,0,0,8,0,248,0,248,0,0,0,8,248,0,0,248,0,0,0,8,0,0,0,248,0,0,0,8,8,0,0,248,0,0,0,8,0,8,0,248,0,0,0,8,0,248,8,248,0,0,0,8,0,0,8,248,0,0,0,8,0,8,8,248,0,0,0,8,8,8,8,248,0,0,0,8,0,248,248,0,0,0,0,8,248,0,248,0,0,0,0,8,0,0,248,0,0,0,0,8,8,0,248,0,0,0,0,8,0,8,248,0,0,0,0,8,248,248,0,0,0,0,0,8,0,248,0,0,0,0,0,8,8,248,0,0,0,0,0,8,248,0,0,0,0,0,0,8,0,0,0,0,0,0,0,8,8,0,0,0,0,0,0,8,248,8,0,0,0,0,0,8,0,8,0,0,0,0,0,8,8,8,0,0,0,0,0,8,0,248,8,0,0,0,0,8,248,0,8,0,0,0,0,8,0,0,8,0,0,0,0,8,8,0,8,0,0,0,0,8,0,8,8,0,0,0,0,8,0,248,248,8,0,0,0,8,0,0,248,8,0,0,0,8,248,8,248,8,0,0,0,8,0,248,0,8,0,0,0,8,8,248,0,8,0,0,0,8,248,0,0,8,0,0,0,8,0,0,0,8,0,0,0,8,8,0,0,8,0,0,0,8,0,8,0,8,0,0,0,8,8,8,0,8,0,0,0,8,248,248,8,8,0,0,0,8,8,248,8,8,0,0,0,8,0,0,8,8,0,0,0,8,248,8,8,8,0,0,0,8,8,8,8,8,0,0,0,8,0,248,248,248,8,0,0,8,248,0,248,248,8,0,0,8,248,248,0,248,8,0,0,8,0,0,0,248,8,0,0,8,0,8,0,248,8,0,0,8,248,248,8,248,8,0,0,8,8,0,8,248,8,0,0,8,0,8,8,248,8,0,0,8,0,0,248,0,8,0,0,8,248,8,248,0,8,0,0,8,0,8,248,0,8,0,0,8,0,248,0,0,8,0,0,8,8,248,0,0,8,0,0,8,0,0,0,0,8,0,0,8,8,0,0,0,8,0,0,8,0,8,0,0,8,0,0,8,0,0,8,0,8,0,0,8,248,8,8,0,8,0,0,8,8,248,248,8,8,0,0,8,248,0,248,8,8,0,0,8,0,8,248,8,8,0,0,8,8,8,248,8,8,0,0,8,8,248,0,8,8,0,0,8,248,0,0,8,8,0,0,8,0,0,0,8,8,0,0,8,248,0,8,8,8,0,0,8,8,0,8,8,8,0,0,8,0,8,8,8,8,0,0,8,0,0,248,248,248,8,0,8,8,0,0,248,248,8,0,8,0,8,0,248,248,8,0,8,0,0,8,248,248,8,0,8,0,248,248,0,248,8,0,8,8,0,248,0,248,8,0,8,248,248,0,0,248,8,0,8,8,248,0,0,248,8,0,8,0,0,0,0,248,8,0,8,8,0,0,0,248,8,0,8,8,8,0,0,248,8,0,8,248,0,8,0,248,8,0,8,0,0,8,0,248,8,0,8,0,0,248,8,248,8,0,8,0,248,0,8,248,8,0,8,8,0,0,8,248,8,0,8,0,8,0,8,248,8,0,8,0,0,8,8,248,8,0,8,248,0,248,248,0,8,0,8,8,0,248,248,0,8,0,8,0,8,248,248,0,8,0,8,248,248,0,248,0,8,0,8,8,248,0,248,0,8,0,8,0,0,0,248,0,8,0,8,248,8,0,248,0,8,0,8,8,8,0,248,0,8,0,8,248,248,8,248,0,8,0,8,0,248,8,248,0,8,0,8,248,0,8,248,0,8,0,8,8,0,8,248,0,8,0,8,248,248,248,0,0,8,0,8,8,248,248,0,0,8,0,8,0,0,248,0,0,8,0,8,248,8,248,0,0,8,0,8,8,8,248,0,0,8,0,8,0,248,0,0,0,8,0,8,248,0,0,0,0,8,0,8,0,0,0,0,0,8,0,8,8,0,0,0,0,8,0,8,0,8,0,0,0,8,0,8,8,248,8,0,0,8,0,8,0,0,8,0,0,8,0,8,8,0,8,0,0,8,0,8,8,8,8,0,0,8,0,8,0,248,248,8,0,8,0,8,248,0,248,8,0,8,0,8,248,248,0,8,0,8,0,8,8,248,0,8,0,8,0,8,0,0,0,8,0,8,0,8,8,8,0,8,0,8,0,8,0,248,8,8,0,8,0,8,8,0,8,8,0,8,0,8,0,0,248,248,8,8,0,8,0,0,0,248,8,8,0,8,0,0,8,248,8,8,0,8,248,0,248,0,8,8,0,8,8,0,248,0,8,8,0,8,0,8,248,0,8,8,0,8,248,248,0,0,8,8,0,8,0,0,0,0,8,8,0,8,248,8,0,0,8,8,0,8,0,248,8,0,8,8,0,8,0,0,248,8,8,8,0,8,0,248,0,8,8,8,0,8,248,0,0,8,8,8,0,8,0,0,0,8,8,8,0,8,8,0,0,8,8,8,0,8,248,248,248,248,248,248,8,8,8,248,248,248,248,248,8,8,248,8,248,248,248,248,8,8,8,8,248,248,248,248,8,8,0,0,0,248,248,248,8,8,248,248,8,248,248,248,8,8,8,248,8,248,248,248,8,8,248,8,8,248,248,248,8,8,8,8,8,248,248,248,8,8,0,0,248,0,248,248,8,8,0,248,0,0,248,248,8,8,248,0,0,0,248,248,8,8,8,0,0,0,248,248,8,8,0,8,0,0,248,248,8,8,248,248,248,8,248,248,8,8,8,248,248,8,248,248,8,8,248,8,248,8,248,248,8,8,8,8,248,8,248,248,8,8,0,0,0,8,248,248,8,8,248,248,8,8,248,248,8,8,8,248,8,8,248,248,8,8,248,8,8,8,248,248,8,8,8,8,8,8,248,248,8,8,0,0,248,248,0,248,8,8,0,8,248,248,0,248,8,8,0,248,0,248,0,248,8,8,248,0,0,248,0,248,8,8,8,0,0,248,0,248,8,8,0,8,0,248,0,248,8,8,8,8,0,248,0,248,8,8,8,0,248,0,0,248,8,8,0,8,248,0,0,248,8,8,0,248,0,0,0,248,8,8,0,0,0,0,0,248,8,8,248,8,0,0,0,248,8,8,8,8,0,0,0,248,8,8,0,248,8,0,0,248,8,8,248,0,8,0,0,248,8,8,0,0,248,8,0,248,8,8,248,248,0,8,0,248,8,8,8,248,0,8,0,248,8,8,8,0,0,8,0,248,8,8,0,8,0,8,0,248,8,8,8,248,248,248,8,248,8,8,248,8,248,248,8,248,8,8,8,8,248,248,8,248,8,8,248,248,0,248,8,248,8,8,0,8,0,248,8,248,8,8,8,248,8,248,8,248,8,8,248,8,8,248,8,248,8,8,8,8,8,248,8,248,8,8,0,0,248,0,8,248,8,8,0,248,0,0,8,248,8,8,8,0,0,0,8,248,8,8,0,8,0,0,8,248,8,8,0,0,8,0,8,248,8,8,248,248,248,8,8,248,8,8,8,248,248,8,8,248,8,8,248,8,248,8,8,248,8,8,8,8,248,8,8,248,8,8,0,0,0,8,8,248,8,8,248,248,8,8,8,248,8,8,8,248,8,8,8,248,8,8,248,8,8,8,8,248,8,8,8,8,8,8,8,248,8,8,0,8,0,248,248,0,8,8,0,0,8,248,248,0,8,8,0,248,248,0,248,0,8,8,248,0,248,0,248,0,8,8,248,248,0,0,248,0,8,8,248,0,0,0,248,0,8,8,0,0,0,0,248,0,8,8,248,8,0,0,248,0,8,8,8,8,0,0,248,0,8,8,0,248,8,0,248,0,8,8,0,0,8,0,248,0,8,8,8,0,8,0,248,0,8,8,248,8,8,0,248,0,8,8,0,8,8,0,248,0,8,8,0,0,248,8,248,0,8,8,8,0,248,248,0,0,8,8,0,8,248,248,0,0,8,8,248,248,0,248,0,0,8,8,8,248,0,248,0,0,8,8,0,0,0,248,0,0,8,8,248,8,0,248,0,0,8,8,8,0,8,248,0,0,8,8,0,8,8,248,0,0,8,8,8,248,248,0,0,0,8,8,0,0,248,0,0,0,8,8,0,248,0,0,0,0,8,8,248,0,0,0,0,0,8,8,0,0,0,0,0,0,8,8,8,0,0,0,0,0,8,8,0,8,0,0,0,0,8,8,0,0,8,0,0,0,8,8,8,8,8,0,0,0,8,8,0,248,248,8,0,0,8,8,248,0,248,8,0,0,8,8,0,0,248,8,0,0,8,8,8,0,248,8,0,0,8,8,0,8,248,8,0,0,8,8,8,248,0,8,0,0,8,8,0,0,0,8,0,0,8,8,248,8,0,8,0,0,8,8,0,0,248,248,8,0,8,8,0,248,0,248,8,0,8,8,8,0,0,248,8,0,8,8,8,8,0,248,8,0,8,8,0,248,8,248,8,0,8,8,0,0,8,248,8,0,8,8,248,0,248,0,8,0,8,8,8,0,248,0,8,0,8,8,8,8,248,0,8,0,8,8,8,248,0,0,8,0,8,8,0,0,0,0,8,0,8,8,8,0,0,0,8,0,8,8,248,8,0,0,8,0,8,8,248,248,8,0,8,0,8,8,8,248,8,0,8,0,8,8,8,0,248,8,8,0,8,8,248,248,0,8,8,0,8,8,0,0,0,8,8,0,8,8,8,0,0,8,8,0,8,8,0,8,0,8,8,0,8,8,0,248,8,8,8,0,8,8,248,0,8,8,8,0,8,8,8,0,8,8,8,0,8,8,248,248,248,248,248,8,8,8,8,248,248,248,248,8,8,8,248,8,248,248,248,8,8,8,8,8,248,248,248,8,8,8,248,248,8,248,248,8,8,8,8,248,8,248,248,8,8,8,248,8,8,248,248,8,8,8,8,8,8,248,248,8,8,8,0,248,0,0,248,8,8,8,248,0,0,0,248,8,8,8,8,0,0,0,248,8,8,8,0,8,0,0,248,8,8,8,248,248,248,8,248,8,8,8,8,248,248,8,248,8,8,8,248,8,248,8,248,8,8,8,8,8,248,8,248,8,8,8,0,0,0,8,248,8,8,8,248,248,8,8,248,8,8,8,8,248,8,8,248,8,8,8,248,8,8,8,248,8,8,8,8,8,8,8,248,8,8,8,0,0,248,248,0,8,8,8,248,0,0,248,0,8,8,8,0,8,0,248,0,8,8,8,0,248,8,248,0,8,8,8,0,0,8,248,0,8,8,8,0,248,248,0,0,8,8,8,248,248,0,0,0,8,8,8,0,0,0,0,0,8,8,8,8,8,0,0,0,8,8,8,0,248,8,0,0,8,8,8,8,0,8,0,0,8,8,8,0,8,8,0,0,8,8,8,248,248,0,8,0,8,8,8,8,0,0,8,0,8,8,8,248,248,248,248,8,8,8,8,8,248,248,248,8,8,8,8,248,8,248,248,8,8,8,8,8,8,248,248,8,8,8,8,248,248,8,248,8,8,8,8,8,248,8,248,8,8,8,8,248,8,8,248,8,8,8,8,8,8,8,248,8,8,8,8,0,248,0,0,8,8,8,8,248,0,0,0,8,8,8,8,8,0,0,0,8,8,8,8,248,248,248,8,8,8,8,8,8,248,248,8,8,8,8,8,248,8,248,8,8,8,8,8,8,8,248,8,8,8,8,8,0,0,0,8,8,8,8,8,248,248,8,8,8,8,8,8,8,248,8,8,8,8,8,8,248,8,8,8,8,8,8,8,8,8,8,8,8,8,8,8};
.visible .entry cria_dequantize_iq1_m(
.param .u64 cria_dequantize_iq1_m_param_0,
.param .u64 cria_dequantize_iq1_m_param_1,
.param .u64 cria_dequantize_iq1_m_param_2,
.param .u32 cria_dequantize_iq1_m_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<65>;
.reg .b16 %rs<15>;
.reg .f32 %f<84>;
.reg .b32 %r<288>;
.reg .b64 %rd<121>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_mEEEvPKhyPhjE4tile[1808];
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_mEEEvPKhyPhjE4grid[16384];
ld.param.u64 %rd10, [cria_dequantize_iq1_m_param_0];
ld.param.u64 %rd11, [cria_dequantize_iq1_m_param_1];
ld.param.u64 %rd12, [cria_dequantize_iq1_m_param_2];
ld.param.u32 %r56, [cria_dequantize_iq1_m_param_3];
and.b64 %rd13,%rd11,8191;
setp.ne.s64 %p1,%rd13,0;
selp.u64 %rd14,1,0,%p1;
shr.u64 %rd15,%rd11,13;
add.s64 %rd16,%rd15,%rd14;
mov.u32 %r57,%ctaid.x;
cvt.u64.u32 %rd120,%r57;
setp.le.u64 %p2,%rd16,%rd120;
@%p2 bra $L__BB0_67;
mov.u32 %r275,%tid.x;
setp.gt.u32 %p3,%r275,2047;
@%p3 bra $L__BB0_4;
mov.u64 %rd18, _ZN45_4cria2v03gpu7kernels6detail10iq1_m_gridE;
mov.u64 %rd21, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_mEEEvPKhyPhjE4grid;
$L__BB0_3:
mul.wide.u32 %rd17,%r275,8;
add.s64 %rd19,%rd18,%rd17;
ld.global.nc.u64 %rd20, [%rd19];
add.s64 %rd22,%rd21,%rd17;
st.shared.u64 [%rd22],%rd20;
add.s32 %r275,%r275,256;
setp.lt.u32 %p4,%r275,2048;
@%p4 bra $L__BB0_3;
$L__BB0_4:
mov.u32 %r62,%tid.x;
add.s32 %r63,%r62,1;
$L__BB0_5:
shl.b64 %rd23,%rd120,13;
sub.s64 %rd24,%rd11,%rd23;
min.u64 %rd25,%rd24,8192;
cvt.u32.u64 %r4,%rd25;
mul.lo.s64 %rd3,%rd120,1792;
add.s64 %rd4,%rd10,%rd3;
mul.lo.s32 %r5,%r4,56;
shr.u32 %r6,%r5,8;
and.b64 %rd26,%rd4,15;
setp.eq.s64 %p5,%rd26,0;
@%p5 bra $L__BB0_17;
cvt.u32.u64 %r58,%rd4;
and.b32 %r7,%r58,3;
add.s32 %r59,%r6,%r7;
setp.lt.u32 %p6,%r59,8;
add.s32 %r60,%r59, -4;
shr.u32 %r61,%r60,2;
selp.b32 %r8,1,%r61,%p6;
setp.ge.u32 %p7,%r63,%r8;
@%p7 bra $L__BB0_14;
cvt.u64.u32 %rd27,%r7;
sub.s64 %rd28,%rd3,%rd27;
add.s64 %rd5,%rd10,%rd28;
shl.b32 %r9,%r7,3;
mov.u32 %r64,%tid.x;
mov.u32 %r65, -2;
sub.s32 %r66,%r65,%r64;
add.s32 %r10,%r66,%r8;
shr.u32 %r67,%r10,8;
add.s32 %r68,%r67,1;
and.b32 %r11,%r68,3;
setp.eq.s32 %p8,%r11,0;
add.s32 %r276,%r64,1;
@%p8 bra $L__BB0_11;
add.s32 %r76,%r64,1;
mul.wide.u32 %rd31,%r76,4;
add.s64 %rd29,%rd5,%rd31;
ld.global.nc.u32 %r69, [%rd29];
add.s64 %rd30,%rd29,4;
ld.global.nc.u32 %r70, [%rd30];
shf.r.wrap.b32 %r71,%r69,%r70,%r9;
mov.u64 %rd32, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_mEEEvPKhyPhjE4tile;
add.s64 %rd33,%rd32,%rd31;
st.shared.u32 [%rd33],%r71;
add.s32 %r276,%r64,257;
setp.eq.s32 %p9,%r11,1;
@%p9 bra $L__BB0_11;
add.s32 %r84,%r64,257;
mul.wide.u32 %rd36,%r84,4;
add.s64 %rd34,%rd5,%rd36;
ld.global.nc.u32 %r77, [%rd34];
add.s64 %rd35,%rd34,4;
ld.global.nc.u32 %r78, [%rd35];
shf.r.wrap.b32 %r79,%r77,%r78,%r9;
add.s64 %rd38,%rd32,%rd36;
st.shared.u32 [%rd38],%r79;
add.s32 %r276,%r64,513;
setp.eq.s32 %p10,%r11,2;
@%p10 bra $L__BB0_11;
add.s32 %r92,%r64,513;
mul.wide.u32 %rd41,%r92,4;
add.s64 %rd39,%rd5,%rd41;
ld.global.nc.u32 %r85, [%rd39];
add.s64 %rd40,%rd39,4;
ld.global.nc.u32 %r86, [%rd40];
shf.r.wrap.b32 %r87,%r85,%r86,%r9;
add.s64 %rd43,%rd32,%rd41;
st.shared.u32 [%rd43],%r87;
add.s32 %r276,%r64,769;
$L__BB0_11:
setp.lt.u32 %p11,%r10,768;
@%p11 bra $L__BB0_14;
$L__BB0_13:
.pragma "nounroll";
mul.wide.u32 %rd52,%r276,4;
add.s64 %rd44,%rd5,%rd52;
ld.global.nc.u32 %r93, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r94, [%rd45];
shf.r.wrap.b32 %r95,%r93,%r94,%r9;
mov.u64 %rd53, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_mEEEvPKhyPhjE4tile;
add.s64 %rd54,%rd53,%rd52;
st.shared.u32 [%rd54],%r95;
add.s32 %r117,%r276,256;
mul.wide.u32 %rd55,%r117,4;
add.s64 %rd46,%rd5,%rd55;
ld.global.nc.u32 %r99, [%rd46];
add.s64 %rd47,%rd46,4;
ld.global.nc.u32 %r100, [%rd47];
shf.r.wrap.b32 %r101,%r99,%r100,%r9;
add.s64 %rd56,%rd53,%rd55;
st.shared.u32 [%rd56],%r101;
add.s32 %r118,%r276,512;
mul.wide.u32 %rd57,%r118,4;
add.s64 %rd48,%rd5,%rd57;
ld.global.nc.u32 %r105, [%rd48];
add.s64 %rd49,%rd48,4;
ld.global.nc.u32 %r106, [%rd49];
shf.r.wrap.b32 %r107,%r105,%r106,%r9;
add.s64 %rd58,%rd53,%rd57;
st.shared.u32 [%rd58],%r107;
add.s32 %r119,%r276,768;
mul.wide.u32 %rd59,%r119,4;
add.s64 %rd50,%rd5,%rd59;
ld.global.nc.u32 %r111, [%rd50];
add.s64 %rd51,%rd50,4;
ld.global.nc.u32 %r112, [%rd51];
shf.r.wrap.b32 %r113,%r111,%r112,%r9;
add.s64 %rd60,%rd53,%rd59;
st.shared.u32 [%rd60],%r113;
add.s32 %r276,%r276,1024;
setp.lt.u32 %p12,%r276,%r8;
@%p12 bra $L__BB0_13;
$L__BB0_14:
mov.u32 %r120,%tid.x;
setp.gt.u32 %p13,%r120,15;
@%p13 bra $L__BB0_23;
setp.lt.u32 %p14,%r120,4;
shl.b32 %r122,%r8,2;
add.s32 %r123,%r120,%r122;
add.s32 %r124,%r123, -4;
selp.b32 %r19,%r120,%r124,%p14;
setp.ge.u32 %p15,%r19,%r6;
@%p15 bra $L__BB0_23;
cvt.u64.u32 %rd61,%r19;
add.s64 %rd62,%rd3,%rd61;
cvta.to.global.u64 %rd63,%rd10;
add.s64 %rd64,%rd63,%rd62;
ld.global.u8 %rs1, [%rd64];
mov.u64 %rd65, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_mEEEvPKhyPhjE4tile;
add.s64 %rd66,%rd65,%rd61;
st.shared.u8 [%rd66],%rs1;
bra.uni $L__BB0_23;
$L__BB0_17:
shr.u32 %r20,%r5,12;
mov.u32 %r126,%tid.x;
setp.ge.u32 %p16,%r126,%r20;
@%p16 bra $L__BB0_19;
mul.wide.u32 %rd68,%r126,16;
add.s64 %rd67,%rd4,%rd68;
ld.global.nc.v4.u32 {%r281,%r280,%r279,%r278}, [%rd67];
$L__BB0_19:
@%p16 bra $L__BB0_21;
mul.wide.u32 %rd69,%r126,16;
mov.u64 %rd70, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_mEEEvPKhyPhjE4tile;
add.s64 %rd71,%rd70,%rd69;
st.shared.v4.u32 [%rd71], {%r281,%r280,%r279,%r278};
$L__BB0_21:
and.b32 %r134,%r6,15;
setp.ge.u32 %p18,%r126,%r134;
@%p18 bra $L__BB0_23;
and.b32 %r136,%r6,4080;
add.s32 %r138,%r136,%r126;
cvt.u64.u32 %rd72,%r138;
add.s64 %rd73,%rd3,%rd72;
cvta.to.global.u64 %rd74,%rd10;
add.s64 %rd75,%rd74,%rd73;
ld.global.u8 %rs2, [%rd75];
mov.u64 %rd76, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_mEEEvPKhyPhjE4tile;
add.s64 %rd77,%rd76,%rd72;
st.shared.u8 [%rd77],%rs2;
$L__BB0_23:
bar.sync 0;
shl.b32 %r282,%r62,3;
setp.ge.u32 %p19,%r282,%r4;
@%p19 bra $L__BB0_66;
mov.u32 %r283,%r62;
$L__BB0_25:
.pragma "nounroll";
shr.u32 %r141,%r283,5;
mul.lo.s32 %r142,%r141,56;
cvt.u64.u32 %rd78,%r142;
mov.u64 %rd79, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_mEEEvPKhyPhjE4tile;
add.s64 %rd80,%rd79,%rd78;
ld.shared.v2.u32 {%r143,%r144}, [%rd80+48];
shr.u32 %r147,%r143,24;
shr.u32 %r148,%r144,16;
and.b32 %r149,%r283,31;
setp.lt.u32 %p20,%r149,16;
selp.b32 %r150,%r143,%r144,%p20;
shl.b32 %r151,%r283,1;
and.b32 %r152,%r151,16;
shr.u32 %r153,%r150,%r152;
shr.u32 %r154,%r283,2;
and.b32 %r155,%r154,1;
and.b32 %r156,%r283,2;
shr.u32 %r157,%r156,1;
mul.lo.s32 %r158,%r157,3;
mad.lo.s32 %r159,%r155,6,%r158;
shr.u32 %r160,%r153,%r159;
shr.u32 %r161,%r149,1;
cvt.u64.u32 %rd81,%r161;
add.s64 %rd82,%rd81,%rd78;
add.s64 %rd83,%rd79,%rd82;
ld.shared.u8 %r162, [%rd83+32];
shl.b32 %r163,%r283,2;
and.b32 %r164,%r163,4;
shr.u32 %r165,%r162,%r164;
cvt.u64.u32 %rd84,%r149;
add.s64 %rd85,%rd78,%rd84;
add.s64 %rd86,%rd79,%rd85;
ld.shared.u8 %r166, [%rd86];
and.b32 %r167,%r165,7;
bfi.b32 %r168,%r167,%r166,8,3;
mul.wide.u32 %rd87,%r168,8;
mov.u64 %rd88, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq1_mEEEvPKhyPhjE4grid;
add.s64 %rd89,%rd88,%rd87;
ld.shared.u64 %rd90, [%rd89];
and.b32 %r169,%r165,8;
setp.eq.s32 %p21,%r169,0;
cvt.u16.u32 %rs4,%r143;
shr.u16 %rs5,%rs4,12;
cvt.u16.u32 %rs6,%r147;
and.b16 %rs7,%rs6,240;
or.b16 %rs8,%rs5,%rs7;
cvt.u16.u32 %rs9,%r144;
shr.u16 %rs10,%rs9,4;
and.b16 %rs11,%rs10,3840;
or.b16 %rs12,%rs8,%rs11;
cvt.u16.u32 %rs13,%r148;
and.b16 %rs14,%rs13, -4096;
or.b16 %rs3,%rs12,%rs14;
cvt.f32.f16 %f9,%rs3;
selp.b32 %r170,16843009, -16843009,%p21;
shr.u64 %rd91,%rd90,32;
shl.b32 %r171,%r160,1;
and.b32 %r172,%r171,14;
or.b32 %r173,%r172,1;
cvt.rn.f32.s32 %f12,%r173;
mul.rn.f32 %f10,%f9,%f12;
mov.f32 %f15,0f3E000000;
mul.rn.f32 %f13,%f10,%f15;
cvt.u32.u64 %r174,%rd90;
xor.b32 %r175,%r174, -2139062144;
add.s32 %r176,%r175,%r170;
mov.u32 %r177,30288;
mov.u32 %r178,1258291200;
prmt.b32 %r179,%r176,%r178,%r177;
mov.b32 %f17,%r179;
mov.f32 %f60,0f4B000080;
sub.rn.f32 %f16,%f17,%f60;
mul.rn.f32 %f19,%f16,%f13;
mov.b32 %r33,%f19;
mov.u32 %r180,30289;
prmt.b32 %r181,%r176,%r178,%r180;
mov.b32 %f23,%r181;
sub.rn.f32 %f22,%f23,%f60;
mul.rn.f32 %f25,%f22,%f13;
mov.b32 %r34,%f25;
mov.u32 %r182,30290;
prmt.b32 %r183,%r176,%r178,%r182;
mov.b32 %f29,%r183;
sub.rn.f32 %f28,%f29,%f60;
mul.rn.f32 %f31,%f28,%f13;
mov.b32 %r35,%f31;
mov.u32 %r184,30291;
prmt.b32 %r185,%r176,%r178,%r184;
mov.b32 %f35,%r185;
sub.rn.f32 %f34,%f35,%f60;
mul.rn.f32 %f37,%f34,%f13;
mov.b32 %r36,%f37;
cvt.u32.u64 %r186,%rd91;
xor.b32 %r187,%r186, -2139062144;
add.s32 %r188,%r187,%r170;
prmt.b32 %r189,%r188,%r178,%r177;
mov.b32 %f41,%r189;
sub.rn.f32 %f40,%f41,%f60;
mul.rn.f32 %f43,%f40,%f13;
mov.b32 %r37,%f43;
prmt.b32 %r190,%r188,%r178,%r180;
mov.b32 %f47,%r190;
sub.rn.f32 %f46,%f47,%f60;
mul.rn.f32 %f49,%f46,%f13;
mov.b32 %r38,%f49;
prmt.b32 %r191,%r188,%r178,%r182;
mov.b32 %f53,%r191;
sub.rn.f32 %f52,%f53,%f60;
mul.rn.f32 %f55,%f52,%f13;
mov.b32 %r39,%f55;
prmt.b32 %r192,%r188,%r178,%r184;
mov.b32 %f59,%r192;
sub.rn.f32 %f58,%f59,%f60;
mul.rn.f32 %f61,%f58,%f13;
mov.b32 %r40,%f61;
sub.s32 %r41,%r4,%r282;
setp.eq.s32 %p22,%r56,0;
@%p22 bra $L__BB0_28;
setp.ne.s32 %p23,%r56,1;
@%p23 bra $L__BB0_46;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f19;
cvt.rn.f16.f32 upper,%f25;
mov.b32 %r284, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f31;
cvt.rn.f16.f32 upper,%f37;
mov.b32 %r285, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f43;
cvt.rn.f16.f32 upper,%f49;
mov.b32 %r286, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f55;
cvt.rn.f16.f32 upper,%f61;
mov.b32 %r287, {lower, upper};
}
bra.uni $L__BB0_47;
$L__BB0_28:
cvt.u64.u32 %rd6,%r282;
and.b64 %rd92,%rd12,15;
setp.eq.s64 %p24,%rd92,0;
setp.eq.s32 %p25,%r4,8192;
and.pred %p26,%p24,%p25;
@%p26 bra $L__BB0_45;
bra.uni $L__BB0_29;
$L__BB0_45:
cvta.to.global.u64 %rd99,%rd12;
selp.b64 %rd100,4,2,%p22;
mul.lo.s64 %rd101,%rd120,%rd100;
shl.b64 %rd102,%rd101,13;
add.s64 %rd103,%rd99,%rd102;
mov.u32 %r197,%tid.x;
mov.u32 %r198,1;
and.b32 %r199,%r197,1;
setp.eq.b32 %p37,%r199,1;
selp.b32 %r200,%r33,%r37,%p37;
mov.u32 %r201,31;
mov.u32 %r202, -1;
shfl.sync.bfly.b32 %r203|%p38,%r200,%r198,%r201,%r202;
mov.b32 %f72,%r203;
selp.b32 %r204,%r34,%r38,%p37;
shfl.sync.bfly.b32 %r205|%p39,%r204,%r198,%r201,%r202;
mov.b32 %f73,%r205;
selp.b32 %r206,%r35,%r39,%p37;
shfl.sync.bfly.b32 %r207|%p40,%r206,%r198,%r201,%r202;
mov.b32 %f74,%r207;
selp.b32 %r208,%r36,%r40,%p37;
shfl.sync.bfly.b32 %r209|%p41,%r208,%r198,%r201,%r202;
mov.b32 %f75,%r209;
shl.b32 %r210,%r197,2;
and.b32 %r211,%r210,4;
neg.s32 %r212,%r211;
cvt.s64.s32 %rd104,%r212;
add.s64 %rd105,%rd6,%rd104;
shl.b64 %rd106,%rd105,2;
add.s64 %rd107,%rd103,%rd106;
selp.f32 %f76,%f72,%f19,%p37;
selp.f32 %f77,%f73,%f25,%p37;
selp.f32 %f78,%f74,%f31,%p37;
selp.f32 %f79,%f75,%f37,%p37;
st.global.v4.f32 [%rd107], {%f76,%f77,%f78,%f79};
selp.f32 %f80,%f43,%f72,%p37;
selp.f32 %f81,%f49,%f73,%p37;
selp.f32 %f82,%f55,%f74,%p37;
selp.f32 %f83,%f61,%f75,%p37;
st.global.v4.f32 [%rd107+32], {%f80,%f81,%f82,%f83};
bra.uni $L__BB0_65;
$L__BB0_46:
and.b32 %r213,%r33,2147483647;
setp.gt.u32 %p42,%r213,2139095040;
shr.u32 %r214,%r33,16;
and.b32 %r215,%r214,1;
add.s32 %r216,%r33,%r215;
add.s32 %r217,%r216,32767;
or.b32 %r218,%r33,4194304;
selp.b32 %r219,%r218,%r217,%p42;
and.b32 %r220,%r34,2147483647;
setp.gt.u32 %p43,%r220,2139095040;
shr.u32 %r221,%r34,16;
and.b32 %r222,%r221,1;
add.s32 %r223,%r34,%r222;
add.s32 %r224,%r223,32767;
or.b32 %r225,%r34,4194304;
selp.b32 %r226,%r225,%r224,%p43;
mov.u32 %r227,30258;
prmt.b32 %r284,%r219,%r226,%r227;
and.b32 %r228,%r35,2147483647;
setp.gt.u32 %p44,%r228,2139095040;
shr.u32 %r229,%r35,16;
and.b32 %r230,%r229,1;
add.s32 %r231,%r35,%r230;
add.s32 %r232,%r231,32767;
or.b32 %r233,%r35,4194304;
selp.b32 %r234,%r233,%r232,%p44;
and.b32 %r235,%r36,2147483647;
setp.gt.u32 %p45,%r235,2139095040;
shr.u32 %r236,%r36,16;
and.b32 %r237,%r236,1;
add.s32 %r238,%r36,%r237;
add.s32 %r239,%r238,32767;
or.b32 %r240,%r36,4194304;
selp.b32 %r241,%r240,%r239,%p45;
prmt.b32 %r285,%r234,%r241,%r227;
and.b32 %r242,%r37,2147483647;
setp.gt.u32 %p46,%r242,2139095040;
shr.u32 %r243,%r37,16;
and.b32 %r244,%r243,1;
add.s32 %r245,%r37,%r244;
add.s32 %r246,%r245,32767;
or.b32 %r247,%r37,4194304;
selp.b32 %r248,%r247,%r246,%p46;
and.b32 %r249,%r38,2147483647;
setp.gt.u32 %p47,%r249,2139095040;
shr.u32 %r250,%r38,16;
and.b32 %r251,%r250,1;
add.s32 %r252,%r38,%r251;
add.s32 %r253,%r252,32767;
or.b32 %r254,%r38,4194304;
selp.b32 %r255,%r254,%r253,%p47;
prmt.b32 %r286,%r248,%r255,%r227;
and.b32 %r256,%r39,2147483647;
setp.gt.u32 %p48,%r256,2139095040;
shr.u32 %r257,%r39,16;
and.b32 %r258,%r257,1;
add.s32 %r259,%r39,%r258;
add.s32 %r260,%r259,32767;
or.b32 %r261,%r39,4194304;
selp.b32 %r262,%r261,%r260,%p48;
and.b32 %r263,%r40,2147483647;
setp.gt.u32 %p49,%r263,2139095040;
shr.u32 %r264,%r40,16;
and.b32 %r265,%r264,1;
add.s32 %r266,%r40,%r265;
add.s32 %r267,%r266,32767;
or.b32 %r268,%r40,4194304;
selp.b32 %r269,%r268,%r267,%p49;
prmt.b32 %r287,%r262,%r269,%r227;
$L__BB0_47:
selp.b64 %rd108,4,2,%p22;
mul.lo.s64 %rd109,%rd120,%rd108;
shl.b64 %rd110,%rd109,13;
cvta.to.global.u64 %rd111,%rd12;
add.s64 %rd112,%rd111,%rd110;
mul.wide.u32 %rd113,%r282,2;
add.s64 %rd8,%rd112,%rd113;
and.b64 %rd114,%rd12,15;
setp.eq.s64 %p51,%rd114,0;
setp.eq.s32 %p52,%r4,8192;
and.pred %p53,%p51,%p52;
@%p53 bra $L__BB0_64;
bra.uni $L__BB0_48;
$L__BB0_64:
st.global.v4.u32 [%rd8], {%r284,%r285,%r286,%r287};
bra.uni $L__BB0_65;
$L__BB0_48:
setp.eq.s32 %p54,%r41,0;
@%p54 bra $L__BB0_50;
st.global.u16 [%rd8],%r284;
$L__BB0_50:
setp.lt.u32 %p55,%r41,2;
@%p55 bra $L__BB0_52;
shr.u32 %r270,%r284,16;
st.global.u16 [%rd8+2],%r270;
$L__BB0_52:
setp.lt.u32 %p56,%r41,3;
@%p56 bra $L__BB0_54;
st.global.u16 [%rd8+4],%r285;
$L__BB0_54:
setp.lt.u32 %p57,%r41,4;
@%p57 bra $L__BB0_56;
shr.u32 %r271,%r285,16;
st.global.u16 [%rd8+6],%r271;
$L__BB0_56:
setp.lt.u32 %p58,%r41,5;
@%p58 bra $L__BB0_58;
st.global.u16 [%rd8+8],%r286;
$L__BB0_58:
setp.lt.u32 %p59,%r41,6;
@%p59 bra $L__BB0_60;
shr.u32 %r272,%r286,16;
st.global.u16 [%rd8+10],%r272;
$L__BB0_60:
setp.lt.u32 %p60,%r41,7;
@%p60 bra $L__BB0_62;
st.global.u16 [%rd8+12],%r287;
$L__BB0_62:
setp.lt.u32 %p61,%r41,8;
@%p61 bra $L__BB0_65;
shr.u32 %r273,%r287,16;
st.global.u16 [%rd8+14],%r273;
bra.uni $L__BB0_65;
$L__BB0_29:
setp.eq.s32 %p27,%r41,0;
selp.b64 %rd93,4,2,%p22;
mul.lo.s64 %rd94,%rd120,%rd93;
shl.b64 %rd95,%rd94,13;
cvta.to.global.u64 %rd96,%rd12;
add.s64 %rd97,%rd96,%rd95;
shl.b64 %rd98,%rd6,2;
add.s64 %rd7,%rd97,%rd98;
@%p27 bra $L__BB0_31;
st.global.f32 [%rd7],%f19;
$L__BB0_31:
setp.lt.u32 %p29,%r41,2;
@%p29 bra $L__BB0_33;
st.global.f32 [%rd7+4],%f25;
$L__BB0_33:
setp.lt.u32 %p30,%r41,3;
@%p30 bra $L__BB0_35;
st.global.f32 [%rd7+8],%f31;
$L__BB0_35:
setp.lt.u32 %p31,%r41,4;
@%p31 bra $L__BB0_37;
st.global.f32 [%rd7+12],%f37;
$L__BB0_37:
setp.lt.u32 %p32,%r41,5;
@%p32 bra $L__BB0_39;
st.global.f32 [%rd7+16],%f43;
$L__BB0_39:
setp.lt.u32 %p33,%r41,6;
@%p33 bra $L__BB0_41;
st.global.f32 [%rd7+20],%f49;
$L__BB0_41:
setp.lt.u32 %p34,%r41,7;
@%p34 bra $L__BB0_43;
st.global.f32 [%rd7+24],%f55;
$L__BB0_43:
setp.lt.u32 %p35,%r41,8;
@%p35 bra $L__BB0_65;
st.global.f32 [%rd7+28],%f61;
$L__BB0_65:
add.s32 %r283,%r283,256;
shl.b32 %r282,%r283,3;
setp.lt.u32 %p62,%r282,%r4;
@%p62 bra $L__BB0_25;
$L__BB0_66:
bar.sync 0;
mov.u32 %r274,%nctaid.x;
cvt.u64.u32 %rd115,%r274;
add.s64 %rd120,%rd120,%rd115;
setp.lt.u64 %p64,%rd120,%rd16;
@%p64 bra $L__BB0_5;
$L__BB0_67:
ret;
}
)ptx"},
{tensor_type::iq2_xxs, R"ptx(.version 8.0
.target sm_70
.address_size 64
.global .align 8 .b8 _ZN45_4cria2v03gpu7kernels6detail12iq2_xxs_gridE[2048] = {8,8,8,8,8,8,8,8,43,8,8,8,8,8,8,8,25,25,8,8,8,8,8,8,8,43,8,8,8,8,8,8,43,43,8,8,8,8,8,8,25,8,25,8,8,8,8,8,8,25,25,8,8,8,8,8,8,8,43,8,8,8,8,8,43,8,43,8,8,8,8,8,8,43,43,8,8,8,8,8,43,43,43,8,8,8,8,8,25,8,8,25,8,8,8,8,8,25,8,25,8,8,8,8,8,8,25,25,8,8,8,8,8,43,25,25,8,8,8,8,25,8,43,25,8,8,8,8,8,25,43,25,8,8,8,8,8,8,8,43,8,8,8,8,43,8,8,43,8,8,8,8,43,43,8,43,8,8,8,8,43,8,43,43,8,8,8,8,25,8,8,8,25,8,8,8,8,25,8,8,25,8,8,8,8,8,25,8,25,8,8,8,25,25,25,8,25,8,8,8,8,8,8,25,25,8,8,8,8,25,8,43,25,8,8,8,8,43,25,43,25,8,8,8,8,8,8,8,43,8,8,8,43,8,8,8,43,8,8,8,43,8,43,8,43,8,8,8,43,8,8,43,43,8,8,8,25,8,8,8,8,25,8,8,8,25,8,8,8,25,8,8,8,8,25,8,8,25,8,8,25,8,43,8,8,25,8,8,8,25,43,8,8,25,8,8,8,8,8,25,8,25,8,8,43,8,8,25,8,25,8,8,8,43,8,25,8,25,8,8,8,8,43,25,8,25,8,8,25,8,8,43,8,25,8,8,8,25,8,43,8,25,8,8,8,8,25,43,8,25,8,8,8,25,43,43,8,25,8,8,8,8,8,8,25,25,8,8,43,8,8,8,25,25,8,8,8,43,8,8,25,25,8,8,8,8,43,8,25,25,8,8,43,25,8,25,25,25,8,8,25,43,43,25,25,25,8,8,8,8,8,43,25,25,8,8,25,8,25,43,25,25,8,8,25,43,8,8,43,25,8,8,8,8,25,8,43,25,8,8,8,8,8,25,43,25,8,8,8,25,8,43,43,25,8,8,8,25,43,43,43,25,8,8,8,8,8,8,8,43,8,8,25,25,8,8,8,43,8,8,8,43,8,8,8,43,8,8,8,25,25,8,8,43,8,8,8,43,43,8,8,43,8,8,25,8,8,25,8,43,8,8,8,25,8,25,8,43,8,8,8,8,25,25,8,43,8,8,43,8,25,25,8,43,8,8,8,43,8,43,8,43,8,8,8,25,8,8,25,43,8,8,8,8,8,25,25,43,8,8,43,8,8,8,43,43,8,8,8,25,25,8,43,43,8,8,25,8,8,8,8,8,25,8,8,25,8,8,8,8,25,8,8,8,25,8,8,8,25,8,25,8,43,8,8,8,25,8,8,8,8,25,8,8,25,8,8,8,43,25,8,8,25,8,8,25,8,43,8,8,25,8,8,8,25,43,8,8,25,8,25,25,25,43,8,8,25,8,8,8,8,8,25,8,25,8,8,43,8,8,25,8,25,8,8,8,43,8,25,8,25,8,8,8,25,25,25,8,25,8,43,43,25,25,25,8,25,8,8,8,8,43,25,8,25,8,8,25,43,8,43,8,25,8,25,25,8,25,43,8,25,8,8,8,8,8,8,25,25,8,8,43,8,8,8,25,25,8,8,8,43,8,8,25,25,8,25,25,43,8,8,25,25,8,25,43,8,25,8,25,25,8,8,8,8,43,8,25,25,8,8,43,25,8,25,25,25,8,43,8,43,25,25,25,25,8,8,8,8,8,43,25,25,8,43,25,25,8,43,25,25,8,25,8,8,8,8,43,25,8,8,25,8,8,8,43,25,8,8,8,25,8,8,43,25,8,8,8,8,25,8,43,25,8,25,8,8,43,8,43,25,8,8,8,8,8,25,43,25,8,25,25,8,8,25,43,25,8,8,8,43,43,25,43,25,8,25,8,25,25,43,43,25,8,8,8,8,8,8,8,43,8,43,8,8,8,8,8,43,8,43,43,8,8,8,8,43,8,8,25,8,25,8,8,43,8,25,8,43,25,8,8,43,8,8,8,8,43,8,8,43,8,43,8,8,43,8,8,43,8,25,43,43,8,25,8,43,8,8,43,8,25,25,8,43,8,8,8,8,8,43,8,43,8,43,8,8,8,43,8,43,8,25,8,8,8,8,25,43,8,8,25,8,8,8,25,43,8,8,8,25,8,8,25,43,8,8,8,8,25,8,25,43,8,43,25,25,25,8,25,43,8,8,8,8,8,25,25,43,8,25,8,8,25,25,25,43,8,8,25,43,25,25,25,43,8,8,8,25,43,43,25,43,8,8,43,8,8,8,43,43,8,8,8,43,8,8,43,43,8,8,25,25,43,8,43,43,8,8,25,8,25,43,43,43,8,25,8,8,8,8,8,8,25,8,25,8,8,8,8,8,25,8,8,25,8,8,8,8,25,8,43,25,8,8,8,8,25,25,8,43,8,8,8,8,25,8,25,43,8,8,8,8,25,8,8,8,25,8,8,8,25,8,43,8,25,8,8,8,25,43,25,25,25,8,8,8,25,8,8,43,25,8,8,8,25,25,8,8,43,8,8,8,25,8,25,8,43,8,8,8,25,8,8,25,43,8,8,8,25,8,8,8,8,25,8,8,25,8,8,43,8,25,8,8,25,25,8,43,25,25,8,8,25,8,8,8,43,25,8,8,25,25,25,8,43,25,8,8,25,25,8,8,8,43,8,8,25,8,8,25,8,43,8,8,25,8,43,8,25,43,8,8,25,43,25,25,25,43,8,8,25,8,43,43,25,43,8,8,25,8,8,8,8,8,25,8,25,8,43,8,8,8,25,8,25,8,8,43,8,8,25,8,25,8,8,8,43,8,25,8,25,25,43,25,43,8,25,8,25,43,8,25,8,25,25,8,25,8,25,43,8,25,25,8,25,8,8,8,8,43,25,8,25,25,8,8,8,8,43,8,25,8,25,8,8,8,43,8,25,8,8,25,8,8,43,8,25,8,8,8,25,8,43,8,25,25,25,8,25,8,43,8,25,8,8,8,8,25,43,8,25,8,43,25,25,25,43,8,25,25,8,43,25,25,43,8,25,43,8,8,43,25,43,8,25,25,25,8,25,43,43,8,25,8,8,25,43,43,43,8,25,8,8,8,8,8,8,25,25,8,43,8,8,8,8,25,25,25,8,25,8,8,8,25,25,25,43,25,8,8,8,25,25,8,8,43,8,8,8,25,25,8,8,8,43,8,8,25,25,8,43,8,43,8,8,25,25,8,25,8,8,25,8,25,25,43,8,8,25,25,8,25,25,8,25,43,43,25,8,25,25,25,8,25,43,43,8,25,25,8,8,25,43,8,25,25,25,43,8,25,43,8,25,25,25,43,43,8,8,25,25,25,25,25,8,8,8,43,25,25,25,8,25,25,25,43,25,25,25,8,8,8,8,8,43,25,25,25,8,25,8,8,43,25,25,25,43,25,8,8,43,25,25,8,25,43,25,8,43,25,25,8,8,8,25,25,43,25,25,8,43,8,8,43,43,25,25,8,25,8,8,8,8,43,25,8,8,25,8,8,8,43,25,8,8,8,25,8,8,43,25,8,43,43,25,8,8,43,25,8,8,8,8,25,8,43,25,25,25,25,25,25,8,43,25,8,43,25,8,43,8,43,25,8,8,43,25,43,8,43,25,8,8,8,8,8,25,43,25,25,25,8,8,8,25,43,25,8,8,25,8,25,25,43,25,43,8,25,8,25,25,43,25,8,25,8,43,25,25,43,25,43,8,8,25,8,43,43,25,8,8,8,8,8,8,8,43,43,8,8,8,8,8,8,43,43,43,8,8,8,8,8,43,25,8,8,25,8,8,8,43,43,8,8,43,8,8,8,43,8,25,8,8,25,8,8,43,8,43,25,8,25,8,8,43,8,8,8,25,25,8,8,43,25,8,25,8,43,8,8,43,25,8,8,8,8,25,8,43,8,25,8,8,8,25,8,43,8,8,25,8,8,25,8,43,25,25,25,8,8,25,8,43,8,8,8,25,8,25,8,43,8,8,43,25,8,25,8,43,8,8,8,8,25,25,8,43,43,25,8,25,25,25,8,43,8,25,25,43,25,25,8,43,25,43,8,8,43,25,8,43,8,8,8,25,43,25,8,43,8,8,43,25,43,25,8,43,43,8,8,8,8,43,8,43,8,25,8,8,25,43,8,43,25,8,25,8,43,43,8,43,8,25,8,8,8,8,25,43,8,8,25,8,8,8,25,43,8,25,43,8,8,8,25,43,8,8,8,25,8,8,25,43,25,8,43,43,8,8,25,43,43,25,25,8,25,8,25,43,8,8,8,43,25,8,25,43,25,25,8,25,43,8,25,43,8,8,8,8,8,25,25,43,43,8,43,8,8,25,25,43,8,25,8,25,8,25,25,43,25,8,25,25,25,25,25,43,25,8,8,43,8,43,25,43,8,8,43,8,25,43,25,43,43,8,8,8,8,8,43,43,8,8,25,25,8,8,43,43,25,25,8,43,8,8,43,43,25,43,8,8,25,8,43,43,8,8,8,8,43,8,43,43,8,43,25,8,8,25,43,43,8,8,25,25,8,43,43,43,8,25,8,8,25,43,43,43};
.visible .entry cria_dequantize_iq2_xxs(
.param .u64 cria_dequantize_iq2_xxs_param_0,
.param .u64 cria_dequantize_iq2_xxs_param_1,
.param .u64 cria_dequantize_iq2_xxs_param_2,
.param .u32 cria_dequantize_iq2_xxs_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<58>;
.reg .b16 %rs<6>;
.reg .f32 %f<85>;
.reg .b32 %r<280>;
.reg .b64 %rd<110>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq2_xxsEEEvPKhyPhjE4tile[2128];
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq2_xxsEEEvPKhyPhjE4grid[2048];
ld.param.u64 %rd13, [cria_dequantize_iq2_xxs_param_0];
ld.param.u64 %rd14, [cria_dequantize_iq2_xxs_param_1];
ld.param.u64 %rd15, [cria_dequantize_iq2_xxs_param_2];
ld.param.u32 %r56, [cria_dequantize_iq2_xxs_param_3];
shr.u64 %rd16,%rd14,13;
and.b64 %rd17,%rd14,8191;
setp.ne.s64 %p2,%rd17,0;
selp.u64 %rd18,1,0,%p2;
add.s64 %rd19,%rd16,%rd18;
mov.u32 %r57,%ctaid.x;
cvt.u64.u32 %rd109,%r57;
setp.le.u64 %p3,%rd19,%rd109;
@%p3 bra $L__BB0_67;
mov.u32 %r1,%tid.x;
setp.gt.u32 %p4,%r1,255;
@%p4 bra $L__BB0_4;
mov.u64 %rd21, _ZN45_4cria2v03gpu7kernels6detail12iq2_xxs_gridE;
mov.u64 %rd24, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq2_xxsEEEvPKhyPhjE4grid;
mov.u32 %r267,%r1;
$L__BB0_3:
mul.wide.u32 %rd20,%r267,8;
add.s64 %rd22,%rd21,%rd20;
ld.global.nc.u64 %rd23, [%rd22];
add.s64 %rd25,%rd24,%rd20;
st.shared.u64 [%rd25],%rd23;
add.s32 %r3,%r267,256;
setp.gt.u32 %p5,%r267, -257;
mov.u32 %r267,%r3;
@%p5 bra $L__BB0_3;
$L__BB0_4:
shl.b32 %r58,%r1,2;
and.b32 %r59,%r58,4;
neg.s32 %r60,%r59;
cvt.s64.s32 %rd2,%r60;
$L__BB0_5:
shl.b64 %rd4,%rd109,13;
sub.s64 %rd26,%rd14,%rd4;
min.u64 %rd27,%rd26,8192;
cvt.u32.u64 %r4,%rd27;
mul.lo.s64 %rd5,%rd109,2112;
add.s64 %rd6,%rd13,%rd5;
mul.lo.s32 %r5,%r4,66;
shr.u32 %r6,%r5,8;
and.b64 %rd28,%rd6,15;
setp.eq.s64 %p6,%rd28,0;
@%p6 bra $L__BB0_17;
cvt.u32.u64 %r61,%rd6;
and.b32 %r7,%r61,3;
add.s32 %r62,%r6,%r7;
setp.lt.u32 %p7,%r62,8;
add.s32 %r63,%r62, -4;
shr.u32 %r64,%r63,2;
selp.b32 %r8,1,%r64,%p7;
mov.u32 %r65,%tid.x;
add.s32 %r268,%r65,1;
setp.ge.u32 %p8,%r268,%r8;
@%p8 bra $L__BB0_14;
cvt.u64.u32 %rd29,%r7;
sub.s64 %rd30,%rd5,%rd29;
add.s64 %rd7,%rd13,%rd30;
shl.b32 %r9,%r7,3;
mov.u32 %r68, -2;
sub.s32 %r69,%r68,%r65;
add.s32 %r10,%r69,%r8;
shr.u32 %r70,%r10,8;
add.s32 %r71,%r70,1;
and.b32 %r11,%r71,3;
setp.eq.s32 %p9,%r11,0;
@%p9 bra $L__BB0_11;
add.s32 %r79,%r65,1;
mul.wide.u32 %rd33,%r79,4;
add.s64 %rd31,%rd7,%rd33;
ld.global.nc.u32 %r72, [%rd31];
add.s64 %rd32,%rd31,4;
ld.global.nc.u32 %r73, [%rd32];
shf.r.wrap.b32 %r74,%r72,%r73,%r9;
mov.u64 %rd34, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq2_xxsEEEvPKhyPhjE4tile;
add.s64 %rd35,%rd34,%rd33;
st.shared.u32 [%rd35],%r74;
add.s32 %r268,%r65,257;
setp.eq.s32 %p10,%r11,1;
@%p10 bra $L__BB0_11;
add.s32 %r87,%r65,257;
mul.wide.u32 %rd38,%r87,4;
add.s64 %rd36,%rd7,%rd38;
ld.global.nc.u32 %r80, [%rd36];
add.s64 %rd37,%rd36,4;
ld.global.nc.u32 %r81, [%rd37];
shf.r.wrap.b32 %r82,%r80,%r81,%r9;
add.s64 %rd40,%rd34,%rd38;
st.shared.u32 [%rd40],%r82;
add.s32 %r268,%r65,513;
setp.eq.s32 %p11,%r11,2;
@%p11 bra $L__BB0_11;
add.s32 %r95,%r65,513;
mul.wide.u32 %rd43,%r95,4;
add.s64 %rd41,%rd7,%rd43;
ld.global.nc.u32 %r88, [%rd41];
add.s64 %rd42,%rd41,4;
ld.global.nc.u32 %r89, [%rd42];
shf.r.wrap.b32 %r90,%r88,%r89,%r9;
add.s64 %rd45,%rd34,%rd43;
st.shared.u32 [%rd45],%r90;
add.s32 %r268,%r65,769;
$L__BB0_11:
setp.lt.u32 %p12,%r10,768;
@%p12 bra $L__BB0_14;
$L__BB0_13:
.pragma "nounroll";
mul.wide.u32 %rd54,%r268,4;
add.s64 %rd46,%rd7,%rd54;
ld.global.nc.u32 %r96, [%rd46];
add.s64 %rd47,%rd46,4;
ld.global.nc.u32 %r97, [%rd47];
shf.r.wrap.b32 %r98,%r96,%r97,%r9;
mov.u64 %rd55, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq2_xxsEEEvPKhyPhjE4tile;
add.s64 %rd56,%rd55,%rd54;
st.shared.u32 [%rd56],%r98;
add.s32 %r120,%r268,256;
mul.wide.u32 %rd57,%r120,4;
add.s64 %rd48,%rd7,%rd57;
ld.global.nc.u32 %r102, [%rd48];
add.s64 %rd49,%rd48,4;
ld.global.nc.u32 %r103, [%rd49];
shf.r.wrap.b32 %r104,%r102,%r103,%r9;
add.s64 %rd58,%rd55,%rd57;
st.shared.u32 [%rd58],%r104;
add.s32 %r121,%r268,512;
mul.wide.u32 %rd59,%r121,4;
add.s64 %rd50,%rd7,%rd59;
ld.global.nc.u32 %r108, [%rd50];
add.s64 %rd51,%rd50,4;
ld.global.nc.u32 %r109, [%rd51];
shf.r.wrap.b32 %r110,%r108,%r109,%r9;
add.s64 %rd60,%rd55,%rd59;
st.shared.u32 [%rd60],%r110;
add.s32 %r122,%r268,768;
mul.wide.u32 %rd61,%r122,4;
add.s64 %rd52,%rd7,%rd61;
ld.global.nc.u32 %r114, [%rd52];
add.s64 %rd53,%rd52,4;
ld.global.nc.u32 %r115, [%rd53];
shf.r.wrap.b32 %r116,%r114,%r115,%r9;
add.s64 %rd62,%rd55,%rd61;
st.shared.u32 [%rd62],%r116;
add.s32 %r268,%r268,1024;
setp.lt.u32 %p13,%r268,%r8;
@%p13 bra $L__BB0_13;
$L__BB0_14:
setp.gt.u32 %p14,%r65,15;
@%p14 bra $L__BB0_23;
setp.lt.u32 %p15,%r65,4;
shl.b32 %r125,%r8,2;
add.s32 %r126,%r65,%r125;
add.s32 %r127,%r126, -4;
selp.b32 %r19,%r65,%r127,%p15;
setp.ge.u32 %p16,%r19,%r6;
@%p16 bra $L__BB0_23;
cvt.u64.u32 %rd63,%r19;
add.s64 %rd64,%rd5,%rd63;
cvta.to.global.u64 %rd65,%rd13;
add.s64 %rd66,%rd65,%rd64;
ld.global.u8 %rs1, [%rd66];
mov.u64 %rd67, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq2_xxsEEEvPKhyPhjE4tile;
add.s64 %rd68,%rd67,%rd63;
st.shared.u8 [%rd68],%rs1;
bra.uni $L__BB0_23;
$L__BB0_17:
shr.u32 %r20,%r5,12;
mov.u32 %r129,%tid.x;
setp.ge.u32 %p17,%r129,%r20;
@%p17 bra $L__BB0_19;
mul.wide.u32 %rd70,%r129,16;
add.s64 %rd69,%rd6,%rd70;
ld.global.nc.v4.u32 {%r273,%r272,%r271,%r270}, [%rd69];
$L__BB0_19:
@%p17 bra $L__BB0_21;
mul.wide.u32 %rd71,%r129,16;
mov.u64 %rd72, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq2_xxsEEEvPKhyPhjE4tile;
add.s64 %rd73,%rd72,%rd71;
st.shared.v4.u32 [%rd73], {%r273,%r272,%r271,%r270};
$L__BB0_21:
and.b32 %r137,%r6,15;
setp.ge.u32 %p19,%r129,%r137;
@%p19 bra $L__BB0_23;
and.b32 %r139,%r6,8176;
add.s32 %r141,%r139,%r129;
cvt.u64.u32 %rd74,%r141;
add.s64 %rd75,%rd5,%rd74;
cvta.to.global.u64 %rd76,%rd13;
add.s64 %rd77,%rd76,%rd75;
ld.global.u8 %rs2, [%rd77];
mov.u64 %rd78, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq2_xxsEEEvPKhyPhjE4tile;
add.s64 %rd79,%rd78,%rd74;
st.shared.u8 [%rd79],%rs2;
$L__BB0_23:
and.b64 %rd80,%rd15,15;
setp.eq.s64 %p20,%rd80,0;
bar.sync 0;
setp.eq.s32 %p21,%r4,8192;
and.pred %p1,%p20,%p21;
mov.u32 %r275,%tid.x;
shl.b32 %r274,%r275,3;
setp.ge.u32 %p22,%r274,%r4;
@%p22 bra $L__BB0_66;
cvta.to.global.u64 %rd81,%rd15;
setp.eq.s32 %p23,%r56,0;
selp.b64 %rd82,4,2,%p23;
mul.lo.s64 %rd83,%rd4,%rd82;
add.s64 %rd8,%rd81,%rd83;
$L__BB0_25:
.pragma "nounroll";
shr.u32 %r144,%r275,5;
mul.lo.s32 %r145,%r144,66;
cvt.u64.u32 %rd84,%r145;
mov.u64 %rd85, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq2_xxsEEEvPKhyPhjE4tile;
add.s64 %rd86,%rd85,%rd84;
shl.b32 %r146,%r275,1;
and.b32 %r147,%r146,56;
cvt.u64.u32 %rd87,%r147;
add.s64 %rd88,%rd84,%rd87;
add.s64 %rd89,%rd85,%rd88;
ld.shared.u16 %rs4, [%rd89+6];
ld.shared.u16 %rs5, [%rd89+8];
cvt.u32.u16 %r148,%rs5;
mov.b32 %r149, {%rs4,%rs5};
and.b32 %r150,%r275,3;
cvt.u64.u32 %rd90,%r150;
add.s64 %rd91,%rd90,%rd84;
add.s64 %rd92,%rd91,%rd87;
add.s64 %rd93,%rd85,%rd92;
ld.shared.u8 %r151, [%rd93+2];
mul.wide.u32 %rd94,%r151,8;
mov.u64 %rd95, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq2_xxsEEEvPKhyPhjE4grid;
add.s64 %rd96,%rd95,%rd94;
ld.shared.u64 %rd97, [%rd96];
mul.lo.s32 %r152,%r150,7;
shr.u32 %r153,%r149,%r152;
and.b32 %r154,%r153,127;
popc.b32 %r155,%r154;
bfi.b32 %r156,%r155,%r154,7,25;
ld.shared.u16 %rs3, [%rd86];
cvt.f32.f16 %f9,%rs3;
shr.u32 %r157,%r148,12;
cvt.rn.f32.s32 %f64,%r157;
add.rn.f32 %f12,%f64,0f3F000000;
mul.rn.f32 %f10,%f9,%f12;
mov.f32 %f15,0f3E800000;
mul.rn.f32 %f13,%f10,%f15;
cvt.u32.u64 %r158,%rd97;
and.b32 %r159,%r153,15;
mul.lo.s32 %r160,%r159,2113665;
and.b32 %r161,%r160,16843009;
mul.lo.s32 %r162,%r161,255;
xor.b32 %r163,%r162,%r158;
add.s32 %r164,%r163,%r161;
shr.u64 %rd98,%rd97,32;
cvt.u32.u64 %r165,%rd98;
shr.u32 %r166,%r156,4;
and.b32 %r167,%r166,15;
mul.lo.s32 %r168,%r167,2113665;
and.b32 %r169,%r168,16843009;
mul.lo.s32 %r170,%r169,255;
xor.b32 %r171,%r170,%r165;
add.s32 %r172,%r171,%r169;
xor.b32 %r173,%r164, -2139062144;
mov.u32 %r174,30288;
mov.u32 %r175,1258291200;
prmt.b32 %r176,%r173,%r175,%r174;
mov.b32 %f17,%r176;
mov.f32 %f60,0f4B000080;
sub.rn.f32 %f16,%f17,%f60;
mul.rn.f32 %f19,%f16,%f13;
mov.b32 %r33,%f19;
mov.u32 %r177,30289;
prmt.b32 %r178,%r173,%r175,%r177;
mov.b32 %f23,%r178;
sub.rn.f32 %f22,%f23,%f60;
mul.rn.f32 %f25,%f22,%f13;
mov.b32 %r34,%f25;
mov.u32 %r179,30290;
prmt.b32 %r180,%r173,%r175,%r179;
mov.b32 %f29,%r180;
sub.rn.f32 %f28,%f29,%f60;
mul.rn.f32 %f31,%f28,%f13;
mov.b32 %r35,%f31;
mov.u32 %r181,30291;
prmt.b32 %r182,%r173,%r175,%r181;
mov.b32 %f35,%r182;
sub.rn.f32 %f34,%f35,%f60;
mul.rn.f32 %f37,%f34,%f13;
mov.b32 %r36,%f37;
xor.b32 %r183,%r172, -2139062144;
prmt.b32 %r184,%r183,%r175,%r174;
mov.b32 %f41,%r184;
sub.rn.f32 %f40,%f41,%f60;
mul.rn.f32 %f43,%f40,%f13;
mov.b32 %r37,%f43;
prmt.b32 %r185,%r183,%r175,%r177;
mov.b32 %f47,%r185;
sub.rn.f32 %f46,%f47,%f60;
mul.rn.f32 %f49,%f46,%f13;
mov.b32 %r38,%f49;
prmt.b32 %r186,%r183,%r175,%r179;
mov.b32 %f53,%r186;
sub.rn.f32 %f52,%f53,%f60;
mul.rn.f32 %f55,%f52,%f13;
mov.b32 %r39,%f55;
prmt.b32 %r187,%r183,%r175,%r181;
mov.b32 %f59,%r187;
sub.rn.f32 %f58,%f59,%f60;
mul.rn.f32 %f61,%f58,%f13;
mov.b32 %r40,%f61;
sub.s32 %r41,%r4,%r274;
@%p23 bra $L__BB0_28;
setp.ne.s32 %p25,%r56,1;
@%p25 bra $L__BB0_46;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f19;
cvt.rn.f16.f32 upper,%f25;
mov.b32 %r276, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f31;
cvt.rn.f16.f32 upper,%f37;
mov.b32 %r277, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f43;
cvt.rn.f16.f32 upper,%f49;
mov.b32 %r278, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f55;
cvt.rn.f16.f32 upper,%f61;
mov.b32 %r279, {lower, upper};
}
bra.uni $L__BB0_47;
$L__BB0_28:
cvt.u64.u32 %rd9,%r274;
@%p1 bra $L__BB0_45;
bra.uni $L__BB0_29;
$L__BB0_45:
mov.u32 %r192,%tid.x;
mov.u32 %r193,1;
and.b32 %r194,%r192,1;
setp.eq.b32 %p34,%r194,1;
selp.b32 %r195,%r33,%r37,%p34;
mov.u32 %r196,31;
mov.u32 %r197, -1;
shfl.sync.bfly.b32 %r198|%p35,%r195,%r193,%r196,%r197;
mov.b32 %f73,%r198;
selp.b32 %r199,%r34,%r38,%p34;
shfl.sync.bfly.b32 %r200|%p36,%r199,%r193,%r196,%r197;
mov.b32 %f74,%r200;
selp.b32 %r201,%r35,%r39,%p34;
shfl.sync.bfly.b32 %r202|%p37,%r201,%r193,%r196,%r197;
mov.b32 %f75,%r202;
selp.b32 %r203,%r36,%r40,%p34;
shfl.sync.bfly.b32 %r204|%p38,%r203,%r193,%r196,%r197;
mov.b32 %f76,%r204;
add.s64 %rd100,%rd9,%rd2;
shl.b64 %rd101,%rd100,2;
add.s64 %rd102,%rd8,%rd101;
selp.f32 %f77,%f73,%f19,%p34;
selp.f32 %f78,%f74,%f25,%p34;
selp.f32 %f79,%f75,%f31,%p34;
selp.f32 %f80,%f76,%f37,%p34;
st.global.v4.f32 [%rd102], {%f77,%f78,%f79,%f80};
selp.f32 %f81,%f43,%f73,%p34;
selp.f32 %f82,%f49,%f74,%p34;
selp.f32 %f83,%f55,%f75,%p34;
selp.f32 %f84,%f61,%f76,%p34;
st.global.v4.f32 [%rd102+32], {%f81,%f82,%f83,%f84};
bra.uni $L__BB0_65;
$L__BB0_46:
and.b32 %r205,%r33,2147483647;
setp.gt.u32 %p39,%r205,2139095040;
shr.u32 %r206,%r33,16;
and.b32 %r207,%r206,1;
add.s32 %r208,%r33,%r207;
add.s32 %r209,%r208,32767;
or.b32 %r210,%r33,4194304;
selp.b32 %r211,%r210,%r209,%p39;
and.b32 %r212,%r34,2147483647;
setp.gt.u32 %p40,%r212,2139095040;
shr.u32 %r213,%r34,16;
and.b32 %r214,%r213,1;
add.s32 %r215,%r34,%r214;
add.s32 %r216,%r215,32767;
or.b32 %r217,%r34,4194304;
selp.b32 %r218,%r217,%r216,%p40;
mov.u32 %r219,30258;
prmt.b32 %r276,%r211,%r218,%r219;
and.b32 %r220,%r35,2147483647;
setp.gt.u32 %p41,%r220,2139095040;
shr.u32 %r221,%r35,16;
and.b32 %r222,%r221,1;
add.s32 %r223,%r35,%r222;
add.s32 %r224,%r223,32767;
or.b32 %r225,%r35,4194304;
selp.b32 %r226,%r225,%r224,%p41;
and.b32 %r227,%r36,2147483647;
setp.gt.u32 %p42,%r227,2139095040;
shr.u32 %r228,%r36,16;
and.b32 %r229,%r228,1;
add.s32 %r230,%r36,%r229;
add.s32 %r231,%r230,32767;
or.b32 %r232,%r36,4194304;
selp.b32 %r233,%r232,%r231,%p42;
prmt.b32 %r277,%r226,%r233,%r219;
and.b32 %r234,%r37,2147483647;
setp.gt.u32 %p43,%r234,2139095040;
shr.u32 %r235,%r37,16;
and.b32 %r236,%r235,1;
add.s32 %r237,%r37,%r236;
add.s32 %r238,%r237,32767;
or.b32 %r239,%r37,4194304;
selp.b32 %r240,%r239,%r238,%p43;
and.b32 %r241,%r38,2147483647;
setp.gt.u32 %p44,%r241,2139095040;
shr.u32 %r242,%r38,16;
and.b32 %r243,%r242,1;
add.s32 %r244,%r38,%r243;
add.s32 %r245,%r244,32767;
or.b32 %r246,%r38,4194304;
selp.b32 %r247,%r246,%r245,%p44;
prmt.b32 %r278,%r240,%r247,%r219;
and.b32 %r248,%r39,2147483647;
setp.gt.u32 %p45,%r248,2139095040;
shr.u32 %r249,%r39,16;
and.b32 %r250,%r249,1;
add.s32 %r251,%r39,%r250;
add.s32 %r252,%r251,32767;
or.b32 %r253,%r39,4194304;
selp.b32 %r254,%r253,%r252,%p45;
and.b32 %r255,%r40,2147483647;
setp.gt.u32 %p46,%r255,2139095040;
shr.u32 %r256,%r40,16;
and.b32 %r257,%r256,1;
add.s32 %r258,%r40,%r257;
add.s32 %r259,%r258,32767;
or.b32 %r260,%r40,4194304;
selp.b32 %r261,%r260,%r259,%p46;
prmt.b32 %r279,%r254,%r261,%r219;
$L__BB0_47:
mul.wide.u32 %rd103,%r274,2;
add.s64 %rd11,%rd8,%rd103;
@%p1 bra $L__BB0_64;
bra.uni $L__BB0_48;
$L__BB0_64:
st.global.v4.u32 [%rd11], {%r276,%r277,%r278,%r279};
bra.uni $L__BB0_65;
$L__BB0_48:
setp.eq.s32 %p47,%r41,0;
@%p47 bra $L__BB0_50;
st.global.u16 [%rd11],%r276;
$L__BB0_50:
setp.lt.u32 %p48,%r41,2;
@%p48 bra $L__BB0_52;
shr.u32 %r262,%r276,16;
st.global.u16 [%rd11+2],%r262;
$L__BB0_52:
setp.lt.u32 %p49,%r41,3;
@%p49 bra $L__BB0_54;
st.global.u16 [%rd11+4],%r277;
$L__BB0_54:
setp.lt.u32 %p50,%r41,4;
@%p50 bra $L__BB0_56;
shr.u32 %r263,%r277,16;
st.global.u16 [%rd11+6],%r263;
$L__BB0_56:
setp.lt.u32 %p51,%r41,5;
@%p51 bra $L__BB0_58;
st.global.u16 [%rd11+8],%r278;
$L__BB0_58:
setp.lt.u32 %p52,%r41,6;
@%p52 bra $L__BB0_60;
shr.u32 %r264,%r278,16;
st.global.u16 [%rd11+10],%r264;
$L__BB0_60:
setp.lt.u32 %p53,%r41,7;
@%p53 bra $L__BB0_62;
st.global.u16 [%rd11+12],%r279;
$L__BB0_62:
setp.lt.u32 %p54,%r41,8;
@%p54 bra $L__BB0_65;
shr.u32 %r265,%r279,16;
st.global.u16 [%rd11+14],%r265;
bra.uni $L__BB0_65;
$L__BB0_29:
setp.eq.s32 %p26,%r41,0;
shl.b64 %rd99,%rd9,2;
add.s64 %rd10,%rd8,%rd99;
@%p26 bra $L__BB0_31;
st.global.f32 [%rd10],%f19;
$L__BB0_31:
setp.lt.u32 %p27,%r41,2;
@%p27 bra $L__BB0_33;
st.global.f32 [%rd10+4],%f25;
$L__BB0_33:
setp.lt.u32 %p28,%r41,3;
@%p28 bra $L__BB0_35;
st.global.f32 [%rd10+8],%f31;
$L__BB0_35:
setp.lt.u32 %p29,%r41,4;
@%p29 bra $L__BB0_37;
st.global.f32 [%rd10+12],%f37;
$L__BB0_37:
setp.lt.u32 %p30,%r41,5;
@%p30 bra $L__BB0_39;
st.global.f32 [%rd10+16],%f43;
$L__BB0_39:
setp.lt.u32 %p31,%r41,6;
@%p31 bra $L__BB0_41;
st.global.f32 [%rd10+20],%f49;
$L__BB0_41:
setp.lt.u32 %p32,%r41,7;
@%p32 bra $L__BB0_43;
st.global.f32 [%rd10+24],%f55;
$L__BB0_43:
setp.lt.u32 %p33,%r41,8;
@%p33 bra $L__BB0_65;
st.global.f32 [%rd10+28],%f61;
$L__BB0_65:
add.s32 %r275,%r275,256;
shl.b32 %r274,%r275,3;
setp.lt.u32 %p55,%r274,%r4;
@%p55 bra $L__BB0_25;
$L__BB0_66:
bar.sync 0;
mov.u32 %r266,%nctaid.x;
cvt.u64.u32 %rd104,%r266;
add.s64 %rd109,%rd109,%rd104;
setp.lt.u64 %p57,%rd109,%rd19;
@%p57 bra $L__BB0_5;
$L__BB0_67:
ret;
}
)ptx"},
{tensor_type::iq2_xs, R"ptx(.version 8.0
.target sm_70
.address_size 64
.global .align 8 .b8 _ZN45_4cria2v03gpu7kernels6detail11iq2_xs_gridE[4096] = {8,8,8,8,8,8,8,8,43,8,8,8,8,8,8,8,25,25,8,8,8,8,8,8,8,43,8,8,8,8,8,8,43,43,8,8,8,8,8,8,25,8,25,8,8,8,8,8,8,25,25,8,8,8,8,8,43,25,25,8,8,8,8,8,25,43,25,8,8,8,8,8,8,8,43,8,8,8,8,8,43,8,43,8,8,8,8,8,25,25,43,8,8,8,8,8,8,43,43,8,8,8,8,8,25,8,8,25,8,8,8,8,8,25,8,25,8,8,8,8,43,25,8,25,8,8,8,8,25,43,8,25,8,8,8,8,8,8,25,25,8,8,8,8,43,8,25,25,8,8,8,8,25,25,25,25,8,8,8,8,8,43,25,25,8,8,8,8,25,8,43,25,8,8,8,8,8,25,43,25,8,8,8,8,8,8,8,43,8,8,8,8,43,8,8,43,8,8,8,8,25,25,8,43,8,8,8,8,8,43,8,43,8,8,8,8,25,8,25,43,8,8,8,8,8,25,25,43,8,8,8,8,25,43,25,43,8,8,8,8,8,8,43,43,8,8,8,8,25,8,8,8,25,8,8,8,8,25,8,8,25,8,8,8,43,25,8,8,25,8,8,8,25,43,8,8,25,8,8,8,8,8,25,8,25,8,8,8,43,8,25,8,25,8,8,8,25,25,25,8,25,8,8,8,8,43,25,8,25,8,8,8,43,43,25,8,25,8,8,8,25,8,43,8,25,8,8,8,8,25,43,8,25,8,8,8,8,8,8,25,25,8,8,8,43,8,8,25,25,8,8,8,25,25,8,25,25,8,8,8,8,43,8,25,25,8,8,8,25,8,25,25,25,8,8,8,8,25,25,25,25,8,8,8,8,8,43,25,25,8,8,8,8,43,43,25,25,8,8,8,25,8,8,43,25,8,8,8,8,25,8,43,25,8,8,8,8,8,25,43,25,8,8,8,8,8,8,8,43,8,8,8,43,8,8,8,43,8,8,8,25,25,8,8,43,8,8,8,8,43,8,8,43,8,8,8,25,8,25,8,43,8,8,8,8,25,25,8,43,8,8,8,8,8,43,8,43,8,8,8,25,8,8,25,43,8,8,8,8,25,8,25,43,8,8,8,8,8,25,25,43,8,8,8,25,25,25,25,43,8,8,8,8,8,8,43,43,8,8,8,43,43,8,43,43,8,8,8,25,8,8,8,8,25,8,8,8,25,8,8,8,25,8,8,43,25,8,8,8,25,8,8,25,43,8,8,8,25,8,8,8,8,25,8,8,25,8,8,43,8,25,8,8,25,8,8,25,25,25,8,8,25,8,8,8,43,25,8,8,25,8,8,25,8,43,8,8,25,8,8,8,25,43,8,8,25,8,8,8,8,8,25,8,25,8,8,43,8,8,25,8,25,8,8,25,25,8,25,8,25,8,8,8,43,8,25,8,25,8,8,25,8,25,25,8,25,8,8,8,25,25,25,8,25,8,8,43,25,25,25,8,25,8,8,8,8,43,25,8,25,8,8,25,8,8,43,8,25,8,8,8,25,8,43,8,25,8,8,8,8,25,43,8,25,8,8,8,8,8,8,25,25,8,8,43,8,8,8,25,25,8,8,25,25,8,8,25,25,8,8,8,43,8,8,25,25,8,8,25,8,25,8,25,25,8,8,8,25,25,8,25,25,8,8,8,8,43,8,25,25,8,8,25,8,8,25,25,25,8,8,8,25,8,25,25,25,8,8,8,8,25,25,25,25,8,8,25,8,43,25,25,25,8,8,8,8,8,43,25,25,8,8,25,8,8,8,43,25,8,8,8,25,8,8,43,25,8,8,8,8,25,8,43,25,8,8,43,25,43,8,43,25,8,8,8,8,8,25,43,25,8,8,43,8,8,25,43,25,8,8,8,25,8,43,43,25,8,8,8,8,8,8,8,43,8,8,43,8,8,8,8,43,8,8,25,25,8,8,8,43,8,8,8,43,8,8,8,43,8,8,43,43,8,8,8,43,8,8,25,8,25,8,8,43,8,8,8,25,25,8,8,43,8,8,8,8,43,8,8,43,8,8,25,25,43,8,8,43,8,8,25,8,8,25,8,43,8,8,8,25,8,25,8,43,8,8,8,8,25,25,8,43,8,8,8,43,25,25,8,43,8,8,8,8,8,43,8,43,8,8,8,8,43,43,8,43,8,8,43,43,43,43,8,43,8,8,25,8,8,8,25,43,8,8,8,25,8,8,25,43,8,8,8,8,25,8,25,43,8,8,8,8,8,25,25,43,8,8,25,8,8,43,25,43,8,8,25,43,8,43,25,43,8,8,8,8,8,8,43,43,8,8,8,8,43,8,43,43,8,8,8,43,43,8,43,43,8,8,43,25,25,43,43,43,8,8,8,8,43,43,43,43,8,8,25,8,8,8,8,8,25,8,8,25,8,8,8,8,25,8,43,25,8,8,8,8,25,8,25,43,8,8,8,8,25,8,8,8,25,8,8,8,25,8,43,8,25,8,8,8,25,8,25,25,25,8,8,8,25,8,8,43,25,8,8,8,25,8,25,8,43,8,8,8,25,8,8,25,43,8,8,8,25,8,8,8,8,25,8,8,25,8,43,8,8,25,8,8,25,8,25,25,8,25,8,8,25,8,8,43,8,25,8,8,25,8,25,8,25,25,8,8,25,8,8,25,25,25,8,8,25,8,8,8,43,25,8,8,25,8,43,43,43,25,8,8,25,8,25,8,8,43,8,8,25,8,8,25,8,43,8,8,25,8,8,8,25,43,8,8,25,8,8,8,8,8,25,8,25,8,43,8,8,8,25,8,25,8,25,25,8,8,25,8,25,8,8,43,8,8,25,8,25,8,25,8,25,8,25,8,25,8,8,25,25,8,25,8,25,8,8,8,43,8,25,8,25,8,25,8,8,25,25,8,25,8,8,25,8,25,25,8,25,8,8,8,25,25,25,8,25,8,8,8,8,43,25,8,25,8,8,25,25,43,25,8,25,8,43,25,25,43,25,8,25,8,25,8,8,8,43,8,25,8,8,25,8,8,43,8,25,8,43,25,8,8,43,8,25,8,8,8,25,8,43,8,25,8,8,8,8,25,43,8,25,8,8,8,43,25,43,8,25,8,8,8,8,8,8,25,25,8,43,8,8,8,8,25,25,8,25,25,8,8,8,25,25,8,8,43,8,8,8,25,25,8,25,8,25,8,8,25,25,8,8,25,25,8,8,25,25,8,8,8,43,8,8,25,25,8,25,8,8,25,8,25,25,8,8,25,8,25,8,25,25,8,25,43,8,25,8,25,25,8,8,8,25,25,8,25,25,8,8,25,43,25,8,25,25,8,8,8,8,43,8,25,25,8,25,8,8,8,25,25,25,8,8,25,8,8,25,25,25,8,8,8,25,8,25,25,25,8,8,8,8,25,25,25,25,8,8,8,8,8,43,25,25,8,8,25,25,8,43,25,25,8,25,43,8,25,43,25,25,8,25,8,8,8,8,43,25,8,8,25,8,8,8,43,25,8,8,8,25,8,8,43,25,8,43,8,25,8,8,43,25,8,8,8,8,25,8,43,25,8,8,25,25,25,8,43,25,8,43,25,8,43,8,43,25,8,8,8,8,8,25,43,25,8,25,25,8,8,25,43,25,8,43,25,43,25,25,43,25,8,25,8,25,25,43,43,25,8,25,43,43,43,43,43,25,8,8,8,8,8,8,8,43,8,43,8,8,8,8,8,43,8,25,25,8,8,8,8,43,8,8,43,8,8,8,8,43,8,43,43,8,8,8,8,43,8,25,8,25,8,8,8,43,8,8,25,25,8,8,8,43,8,8,8,43,8,8,8,43,8,25,8,8,25,8,8,43,8,8,25,8,25,8,8,43,8,8,8,25,25,8,8,43,8,8,8,8,43,8,8,43,8,8,8,43,43,8,8,43,8,25,8,8,8,25,8,43,8,8,25,8,8,25,8,43,8,8,8,25,8,25,8,43,8,8,8,8,25,25,8,43,8,8,43,8,25,25,8,43,8,25,25,43,25,25,8,43,8,8,8,8,8,43,8,43,8,43,8,43,8,43,8,43,8,8,8,8,43,43,8,43,8,8,43,43,43,43,8,43,8,25,8,8,8,8,25,43,8,8,25,8,8,8,25,43,8,8,8,25,8,8,25,43,8,25,43,43,8,8,25,43,8,8,8,8,25,8,25,43,8,8,8,8,8,25,25,43,8,25,8,8,25,25,25,43,8,43,8,25,25,25,25,43,8,25,43,25,43,25,25,43,8,25,8,8,8,43,25,43,8,43,43,25,8,43,25,43,8,43,25,43,43,43,25,43,8,8,8,8,8,8,43,43,8,8,43,8,8,8,43,43,8,43,43,8,8,8,43,43,8,8,8,43,8,8,43,43,8,25,25,25,25,8,43,43,8,8,43,8,43,8,43,43,8,43,8,43,43,8,43,43,8,8,43,43,25,25,43,43,8,8,8,25,43,25,43,43,8,8,43,8,8,43,43,43,8,8,8,43,8,43,43,43,8,43,8,8,43,43,43,43,8,8,43,8,43,43,43,43,8,43,43,8,43,43,43,43,8,25,8,8,8,8,8,8,25,8,25,8,8,8,8,8,25,43,25,8,8,8,8,8,25,25,43,8,8,8,8,8,25,8,8,25,8,8,8,8,25,43,8,25,8,8,8,8,25,25,25,25,8,8,8,8,25,8,43,25,8,8,8,8,25,25,8,43,8,8,8,8,25,8,25,43,8,8,8,8,25,8,8,8,25,8,8,8,25,43,8,8,25,8,8,8,25,25,25,8,25,8,8,8,25,8,43,8,25,8,8,8,25,43,43,8,25,8,8,8,25,25,8,25,25,8,8,8,25,8,25,25,25,8,8,8,25,8,8,43,25,8,8,8,25,25,25,43,25,8,8,8,25,25,8,8,43,8,8,8,25,8,25,8,43,8,8,8,25,8,8,25,43,8,8,8,25,8,8,8,8,25,8,8,25,43,8,8,8,25,8,8,25,25,25,8,8,25,8,8,25,8,43,8,8,25,8,8,25,25,8,25,8,25,8,8,25,8,25,25,8,25,8,8,25,8,8,43,8,25,8,8,25,25,8,8,25,25,8,8,25,8,25,8,25,25,8,8,25,8,8,25,25,25,8,8,25,8,8,8,43,25,8,8,25,25,25,8,43,25,8,8,25,43,8,43,43,25,8,8,25,25,8,8,8,43,8,8,25,8,25,8,8,43,8,8,25,8,8,25,8,43,8,8,25,43,8,25,8,43,8,8,25,25,43,43,8,43,8,8,25,8,8,8,25,43,8,8,25,8,8,8,8,8,25,8,25,43,8,8,8,8,25,8,25,25,25,8,8,8,25,8,25,8,43,8,8,8,25,8,25,25,8,25,8,8,25,8,25,8,25,25,8,8,25,8,25,25,43,25,8,8,25,8,25,8,8,43,8,8,25,8,25,25,8,8,25,8,25,8,25,8,25,8,25,8,25,8,25,8,8,25,25,8,25,8,25,8,8,8,43,8,25,8,25,8,25,25,43,8,25,8,25,25,8,8,8,25,25,8,25,8,25,8,8,25,25,8,25,8,8,25,8,25,25,8,25,8,25,43,8,25,25,8,25,8,8,8,25,25,25,8,25,43,43,25,43,25,25,8,25,8,8,8,8,43,25,8,25,43,43,8,8,43,25,8,25,8,25,8,25,43,25,8,25,8,8,25,25,43,25,8,25,25,8,8,8,8,43,8,25,8,25,8,8,8,43,8,25,8,8,25,8,8,43,8,25,8,8,8,25,8,43,8,25,25,25,8,25,8,43,8,25,8,25,25,25,8,43,8,25,43,8,43,25,8,43,8,25,8,8,8,8,25,43,8,25,25,8,25,8,25,43,8,25,8,25,8,25,25,43,8,25,8,8,25,25,25,43,8,25,25,43,43,25,25,43,8,25,8,25,8,8,43,43,8,25,8,8,8,8,8,8,25,25,43,8,8,8,8,8,25,25,25,25,8,8,8,8,25,25,8,43,8,8,8,8,25,25,25,8,25,8,8,8,25,25,8,25,25,8,8,8,25,25,8,8,43,8,8,8,25,25,8,43,43,8,8,8,25,25,25,8,8,25,8,8,25,25,8,25,8,25,8,8,25,25,8,8,25,25,8,8,25,25,8,8,8,43,8,8,25,25,25,8,8,8,25,8,25,25,8,25,8,8,25,8,25,25,8,8,25,8,25,8,25,25,25,25,25,8,25,8,25,25,8,8,8,25,25,8,25,25,43,8,8,25,25,8,25,25,8,8,8,8,43,8,25,25,8,25,8,25,43,8,25,25,43,43,43,43,43,8,25,25,25,8,8,8,8,25,25,25,8,25,8,8,8,25,25,25,8,8,25,8,8,25,25,25,25,8,43,8,8,25,25,25,8,8,8,25,8,25,25,25,8,8,43,25,8,25,25,25,25,8,8,43,8,25,25,25,25,8,43,43,8,25,25,25,8,8,8,8,25,25,25,25,8,43,8,8,25,25,25,25,8,8,8,43,25,25,25,25,8,43,8,43,25,25,25,25,25,8,43,8,43,25,25,25,8,43,43,25,43,25,25,25,25,8,43,43,43,25,25,25,8,8,8,8,8,43,25,25,8,25,25,8,8,43,25,25,25,8,8,25,8,43,25,25,8,8,25,25,8,43,25,25,25,43,25,43,8,43,25,25,43,43,25,8,25,43,25,25,8,8,8,25,25,43,25,25,43,8,8,25,25,43,25,25,25,25,8,43,43,43,25,25,25,8,8,8,8,8,43,25,8,25,8,8,8,8,43,25,8,8,25,8,8,8,43,25,8,8,8,25,8,8,43,25,8,25,25,25,8,8,43,25,43,8,43,25,8,8,43,25,43,25,8,43,8,8,43,25,25,43,43,43,8,8,43,25,8,8,8,8,25,8,43,25,8,25,43,8,43,8,43,25,43,43,8,25,43,8,43,25,43,8,25,43,43,8,43,25,8,8,8,8,8,25,43,25,43,25,25,8,8,25,43,25,8,8,25,8,25,25,43,25,8,8,8,25,25,25,43,25,25,25,8,25,25,25,43,25,8,25,43,43,25,25,43,25,25,8,8,8,8,43,43,25,43,43,43,25,8,43,43,25,25,25,43,8,25,43,43,25,43,25,8,8,43,43,43,25,8,25,25,25,43,43,43,25,43,8,43,25,43,43,43,25,8,8,8,8,8,8,8,43,43,8,8,8,8,8,8,43,25,25,8,8,8,8,8,43,8,43,8,8,8,8,8,43,25,8,25,8,8,8,8,43,8,25,25,8,8,8,8,43,8,8,43,8,8,8,8,43,43,43,43,8,8,8,8,43,25,8,8,25,8,8,8,43,8,25,8,25,8,8,8,43,8,8,25,25,8,8,8,43,8,8,8,43,8,8,8,43,43,8,8,43,8,8,8,43,8,43,43,43,8,8,8,43,43,43,43,43,8,8,8,43,25,8,8,8,25,8,8,43,8,25,8,8,25,8,8,43,43,25,8,8,25,8,8,43,8,8,25,8,25,8,8,43,8,8,8,25,25,8,8,43,25,8,25,25,25,8,8,43,25,43,25,25,25,8,8,43,8,8,8,8,43,8,8,43,8,8,43,8,43,8,8,43,8,8,8,43,43,8,8,43,43,8,8,43,43,8,8,43,8,8,43,43,43,8,8,43,8,43,43,43,43,8,8,43,25,8,8,8,8,25,8,43,8,25,8,8,8,25,8,43,8,8,25,8,8,25,8,43,43,8,25,8,8,25,8,43,25,25,25,8,8,25,8,43,8,8,8,25,8,25,8,43,8,8,43,25,8,25,8,43,25,43,8,43,8,25,8,43,8,8,8,8,25,25,8,43,8,25,8,25,25,25,8,43,25,25,43,43,25,25,8,43,8,43,25,8,43,25,8,43,43,43,43,25,43,25,8,43,8,8,8,8,8,43,8,43,8,43,8,8,8,43,8,43,25,25,43,8,8,43,8,43,43,43,25,25,8,43,8,43,8,8,8,43,8,43,8,43,43,8,8,43,8,43,8,43,8,43,43,43,8,43,8,43,43,25,8,8,25,43,8,43,43,8,43,8,43,43,8,43,8,8,8,43,43,43,8,43,8,43,8,43,43,43,8,43,43,25,25,43,43,43,8,43,8,43,43,43,43,43,8,43,25,8,8,8,8,8,25,43,8,25,8,8,8,8,25,43,8,8,25,8,8,8,25,43,8,8,8,25,8,8,25,43,43,25,25,25,8,8,25,43,8,25,8,43,8,8,25,43,8,8,8,8,25,8,25,43,43,8,43,8,25,8,25,43,8,25,43,25,25,8,25,43,43,25,25,25,43,8,25,43,25,43,8,43,43,8,25,43,8,8,8,8,8,25,25,43,25,25,8,8,8,25,25,43,8,25,8,25,8,25,25,43,8,8,25,25,8,25,25,43,8,43,25,25,8,25,25,43,25,43,43,8,25,25,25,43,8,8,25,43,25,25,25,43,43,8,25,43,25,25,25,43,25,8,8,25,43,25,25,43,25,8,25,25,8,43,25,43,43,25,43,43,8,43,25,43,25,43,8,25,25,43,25,43,25,25,25,8,43,43,25,43,8,8,43,25,43,43,25,43,8,8,8,8,8,8,43,43,43,8,8,8,8,8,43,43,8,43,8,8,8,8,43,43,43,43,8,8,8,8,43,43,8,8,43,8,8,8,43,43,43,43,43,8,8,8,43,43,8,8,43,43,8,8,43,43,25,8,25,25,25,8,43,43,25,43,25,25,25,8,43,43,43,25,43,43,25,8,43,43,8,8,8,8,43,8,43,43,43,8,8,8,43,8,43,43,8,43,8,8,43,8,43,43,43,43,43,8,43,8,43,43,8,8,8,43,43,8,43,43,8,8,43,43,43,8,43,43,8,8,8,25,8,25,43,43,25,25,25,43,8,25,43,43,25,25,43,25,43,25,43,43,8,43,25,43,43,25,43,43,43,43,8,8,8,43,43,43,8,8,43,8,8,43,43,43,43,8,43,8,8,43,43,43,8,43,43,8,8,43,43,43,8,8,43,43,8,43,43,43,8,43,43,43,8,43,43,43,8,25,8,8,25,43,43,43,8,25,8,43,25,43,43,43,43,25,8,43,25,43,43,43,8,43,43,8,43,43,43,43,43,43,43,8,43,43,43,43,25,8,25,43,43,43,43,43,43,43,43,43,43,43,43,43};
.visible .entry cria_dequantize_iq2_xs(
.param .u64 cria_dequantize_iq2_xs_param_0,
.param .u64 cria_dequantize_iq2_xs_param_1,
.param .u64 cria_dequantize_iq2_xs_param_2,
.param .u32 cria_dequantize_iq2_xs_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<63>;
.reg .b16 %rs<6>;
.reg .f32 %f<85>;
.reg .b32 %r<281>;
.reg .b64 %rd<120>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq2_xsEEEvPKhyPhjE4tile[2384];
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq2_xsEEEvPKhyPhjE4grid[4096];
ld.param.u64 %rd10, [cria_dequantize_iq2_xs_param_0];
ld.param.u64 %rd11, [cria_dequantize_iq2_xs_param_1];
ld.param.u64 %rd12, [cria_dequantize_iq2_xs_param_2];
ld.param.u32 %r56, [cria_dequantize_iq2_xs_param_3];
and.b64 %rd13,%rd11,8191;
setp.ne.s64 %p1,%rd13,0;
selp.u64 %rd14,1,0,%p1;
shr.u64 %rd15,%rd11,13;
add.s64 %rd16,%rd15,%rd14;
mov.u32 %r57,%ctaid.x;
cvt.u64.u32 %rd119,%r57;
setp.le.u64 %p2,%rd16,%rd119;
@%p2 bra $L__BB0_67;
mov.u32 %r268,%tid.x;
setp.gt.u32 %p3,%r268,511;
@%p3 bra $L__BB0_4;
mov.u64 %rd18, _ZN45_4cria2v03gpu7kernels6detail11iq2_xs_gridE;
mov.u64 %rd21, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq2_xsEEEvPKhyPhjE4grid;
$L__BB0_3:
mul.wide.u32 %rd17,%r268,8;
add.s64 %rd19,%rd18,%rd17;
ld.global.nc.u64 %rd20, [%rd19];
add.s64 %rd22,%rd21,%rd17;
st.shared.u64 [%rd22],%rd20;
add.s32 %r268,%r268,256;
setp.lt.u32 %p4,%r268,512;
@%p4 bra $L__BB0_3;
$L__BB0_4:
mov.u32 %r62,%tid.x;
add.s32 %r63,%r62,1;
$L__BB0_5:
shl.b64 %rd23,%rd119,13;
sub.s64 %rd24,%rd11,%rd23;
min.u64 %rd25,%rd24,8192;
cvt.u32.u64 %r4,%rd25;
mul.lo.s64 %rd3,%rd119,2368;
add.s64 %rd4,%rd10,%rd3;
mul.lo.s32 %r5,%r4,74;
shr.u32 %r6,%r5,8;
and.b64 %rd26,%rd4,15;
setp.eq.s64 %p5,%rd26,0;
@%p5 bra $L__BB0_17;
cvt.u32.u64 %r58,%rd4;
and.b32 %r7,%r58,3;
add.s32 %r59,%r6,%r7;
setp.lt.u32 %p6,%r59,8;
add.s32 %r60,%r59, -4;
shr.u32 %r61,%r60,2;
selp.b32 %r8,1,%r61,%p6;
setp.ge.u32 %p7,%r63,%r8;
@%p7 bra $L__BB0_14;
cvt.u64.u32 %rd27,%r7;
sub.s64 %rd28,%rd3,%rd27;
add.s64 %rd5,%rd10,%rd28;
shl.b32 %r9,%r7,3;
mov.u32 %r64,%tid.x;
mov.u32 %r65, -2;
sub.s32 %r66,%r65,%r64;
add.s32 %r10,%r66,%r8;
shr.u32 %r67,%r10,8;
add.s32 %r68,%r67,1;
and.b32 %r11,%r68,3;
setp.eq.s32 %p8,%r11,0;
add.s32 %r269,%r64,1;
@%p8 bra $L__BB0_11;
add.s32 %r76,%r64,1;
mul.wide.u32 %rd31,%r76,4;
add.s64 %rd29,%rd5,%rd31;
ld.global.nc.u32 %r69, [%rd29];
add.s64 %rd30,%rd29,4;
ld.global.nc.u32 %r70, [%rd30];
shf.r.wrap.b32 %r71,%r69,%r70,%r9;
mov.u64 %rd32, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq2_xsEEEvPKhyPhjE4tile;
add.s64 %rd33,%rd32,%rd31;
st.shared.u32 [%rd33],%r71;
add.s32 %r269,%r64,257;
setp.eq.s32 %p9,%r11,1;
@%p9 bra $L__BB0_11;
add.s32 %r84,%r64,257;
mul.wide.u32 %rd36,%r84,4;
add.s64 %rd34,%rd5,%rd36;
ld.global.nc.u32 %r77, [%rd34];
add.s64 %rd35,%rd34,4;
ld.global.nc.u32 %r78, [%rd35];
shf.r.wrap.b32 %r79,%r77,%r78,%r9;
add.s64 %rd38,%rd32,%rd36;
st.shared.u32 [%rd38],%r79;
add.s32 %r269,%r64,513;
setp.eq.s32 %p10,%r11,2;
@%p10 bra $L__BB0_11;
add.s32 %r92,%r64,513;
mul.wide.u32 %rd41,%r92,4;
add.s64 %rd39,%rd5,%rd41;
ld.global.nc.u32 %r85, [%rd39];
add.s64 %rd40,%rd39,4;
ld.global.nc.u32 %r86, [%rd40];
shf.r.wrap.b32 %r87,%r85,%r86,%r9;
add.s64 %rd43,%rd32,%rd41;
st.shared.u32 [%rd43],%r87;
add.s32 %r269,%r64,769;
$L__BB0_11:
setp.lt.u32 %p11,%r10,768;
@%p11 bra $L__BB0_14;
$L__BB0_13:
.pragma "nounroll";
mul.wide.u32 %rd52,%r269,4;
add.s64 %rd44,%rd5,%rd52;
ld.global.nc.u32 %r93, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r94, [%rd45];
shf.r.wrap.b32 %r95,%r93,%r94,%r9;
mov.u64 %rd53, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq2_xsEEEvPKhyPhjE4tile;
add.s64 %rd54,%rd53,%rd52;
st.shared.u32 [%rd54],%r95;
add.s32 %r117,%r269,256;
mul.wide.u32 %rd55,%r117,4;
add.s64 %rd46,%rd5,%rd55;
ld.global.nc.u32 %r99, [%rd46];
add.s64 %rd47,%rd46,4;
ld.global.nc.u32 %r100, [%rd47];
shf.r.wrap.b32 %r101,%r99,%r100,%r9;
add.s64 %rd56,%rd53,%rd55;
st.shared.u32 [%rd56],%r101;
add.s32 %r118,%r269,512;
mul.wide.u32 %rd57,%r118,4;
add.s64 %rd48,%rd5,%rd57;
ld.global.nc.u32 %r105, [%rd48];
add.s64 %rd49,%rd48,4;
ld.global.nc.u32 %r106, [%rd49];
shf.r.wrap.b32 %r107,%r105,%r106,%r9;
add.s64 %rd58,%rd53,%rd57;
st.shared.u32 [%rd58],%r107;
add.s32 %r119,%r269,768;
mul.wide.u32 %rd59,%r119,4;
add.s64 %rd50,%rd5,%rd59;
ld.global.nc.u32 %r111, [%rd50];
add.s64 %rd51,%rd50,4;
ld.global.nc.u32 %r112, [%rd51];
shf.r.wrap.b32 %r113,%r111,%r112,%r9;
add.s64 %rd60,%rd53,%rd59;
st.shared.u32 [%rd60],%r113;
add.s32 %r269,%r269,1024;
setp.lt.u32 %p12,%r269,%r8;
@%p12 bra $L__BB0_13;
$L__BB0_14:
mov.u32 %r120,%tid.x;
setp.gt.u32 %p13,%r120,15;
@%p13 bra $L__BB0_23;
setp.lt.u32 %p14,%r120,4;
shl.b32 %r122,%r8,2;
add.s32 %r123,%r120,%r122;
add.s32 %r124,%r123, -4;
selp.b32 %r19,%r120,%r124,%p14;
setp.ge.u32 %p15,%r19,%r6;
@%p15 bra $L__BB0_23;
cvt.u64.u32 %rd61,%r19;
add.s64 %rd62,%rd3,%rd61;
cvta.to.global.u64 %rd63,%rd10;
add.s64 %rd64,%rd63,%rd62;
ld.global.u8 %rs1, [%rd64];
mov.u64 %rd65, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq2_xsEEEvPKhyPhjE4tile;
add.s64 %rd66,%rd65,%rd61;
st.shared.u8 [%rd66],%rs1;
bra.uni $L__BB0_23;
$L__BB0_17:
shr.u32 %r20,%r5,12;
mov.u32 %r126,%tid.x;
setp.ge.u32 %p16,%r126,%r20;
@%p16 bra $L__BB0_19;
mul.wide.u32 %rd68,%r126,16;
add.s64 %rd67,%rd4,%rd68;
ld.global.nc.v4.u32 {%r274,%r273,%r272,%r271}, [%rd67];
$L__BB0_19:
@%p16 bra $L__BB0_21;
mul.wide.u32 %rd69,%r126,16;
mov.u64 %rd70, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq2_xsEEEvPKhyPhjE4tile;
add.s64 %rd71,%rd70,%rd69;
st.shared.v4.u32 [%rd71], {%r274,%r273,%r272,%r271};
$L__BB0_21:
and.b32 %r134,%r6,15;
setp.ge.u32 %p18,%r126,%r134;
@%p18 bra $L__BB0_23;
and.b32 %r136,%r6,8176;
add.s32 %r138,%r136,%r126;
cvt.u64.u32 %rd72,%r138;
add.s64 %rd73,%rd3,%rd72;
cvta.to.global.u64 %rd74,%rd10;
add.s64 %rd75,%rd74,%rd73;
ld.global.u8 %rs2, [%rd75];
mov.u64 %rd76, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq2_xsEEEvPKhyPhjE4tile;
add.s64 %rd77,%rd76,%rd72;
st.shared.u8 [%rd77],%rs2;
$L__BB0_23:
bar.sync 0;
shl.b32 %r275,%r62,3;
setp.ge.u32 %p19,%r275,%r4;
@%p19 bra $L__BB0_66;
mov.u32 %r276,%r62;
$L__BB0_25:
.pragma "nounroll";
shr.u32 %r141,%r276,5;
mul.lo.s32 %r142,%r141,74;
cvt.u64.u32 %rd78,%r142;
mov.u64 %rd79, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq2_xsEEEvPKhyPhjE4tile;
add.s64 %rd80,%rd79,%rd78;
and.b32 %r143,%r276,31;
shl.b32 %r144,%r276,1;
and.b32 %r145,%r144,62;
cvt.u64.u32 %rd81,%r145;
add.s64 %rd82,%rd80,%rd81;
ld.shared.u16 %rs4, [%rd82+2];
cvt.u32.u16 %r146,%rs4;
shr.u32 %r147,%r143,2;
cvt.u64.u32 %rd83,%r147;
add.s64 %rd84,%rd80,%rd83;
ld.shared.u8 %r148, [%rd84+66];
and.b32 %r149,%r144,4;
shr.u32 %r150,%r148,%r149;
and.b32 %r151,%r150,15;
shl.b16 %rs5,%rs4,3;
cvt.u64.u16 %rd85,%rs5;
and.b64 %rd86,%rd85,4088;
mov.u64 %rd87, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq2_xsEEEvPKhyPhjE4grid;
add.s64 %rd88,%rd87,%rd86;
ld.shared.u64 %rd89, [%rd88];
shr.u32 %r152,%r146,9;
popc.b32 %r153,%r152;
shl.b32 %r154,%r153,7;
or.b32 %r155,%r154,%r152;
ld.shared.u16 %rs3, [%rd80];
cvt.f32.f16 %f9,%rs3;
cvt.rn.f32.s32 %f64,%r151;
add.rn.f32 %f12,%f64,0f3F000000;
mul.rn.f32 %f10,%f9,%f12;
mov.f32 %f15,0f3E800000;
mul.rn.f32 %f13,%f10,%f15;
cvt.u32.u64 %r156,%rd89;
and.b32 %r157,%r152,15;
mul.lo.s32 %r158,%r157,2113665;
and.b32 %r159,%r158,16843009;
mul.lo.s32 %r160,%r159,255;
xor.b32 %r161,%r160,%r156;
add.s32 %r162,%r161,%r159;
shr.u64 %rd90,%rd89,32;
cvt.u32.u64 %r163,%rd90;
shr.u32 %r164,%r155,4;
and.b32 %r165,%r164,15;
mul.lo.s32 %r166,%r165,2113665;
and.b32 %r167,%r166,16843009;
mul.lo.s32 %r168,%r167,255;
xor.b32 %r169,%r168,%r163;
add.s32 %r170,%r169,%r167;
xor.b32 %r171,%r162, -2139062144;
mov.u32 %r172,30288;
mov.u32 %r173,1258291200;
prmt.b32 %r174,%r171,%r173,%r172;
mov.b32 %f17,%r174;
mov.f32 %f60,0f4B000080;
sub.rn.f32 %f16,%f17,%f60;
mul.rn.f32 %f19,%f16,%f13;
mov.b32 %r33,%f19;
mov.u32 %r175,30289;
prmt.b32 %r176,%r171,%r173,%r175;
mov.b32 %f23,%r176;
sub.rn.f32 %f22,%f23,%f60;
mul.rn.f32 %f25,%f22,%f13;
mov.b32 %r34,%f25;
mov.u32 %r177,30290;
prmt.b32 %r178,%r171,%r173,%r177;
mov.b32 %f29,%r178;
sub.rn.f32 %f28,%f29,%f60;
mul.rn.f32 %f31,%f28,%f13;
mov.b32 %r35,%f31;
mov.u32 %r179,30291;
prmt.b32 %r180,%r171,%r173,%r179;
mov.b32 %f35,%r180;
sub.rn.f32 %f34,%f35,%f60;
mul.rn.f32 %f37,%f34,%f13;
mov.b32 %r36,%f37;
xor.b32 %r181,%r170, -2139062144;
prmt.b32 %r182,%r181,%r173,%r172;
mov.b32 %f41,%r182;
sub.rn.f32 %f40,%f41,%f60;
mul.rn.f32 %f43,%f40,%f13;
mov.b32 %r37,%f43;
prmt.b32 %r183,%r181,%r173,%r175;
mov.b32 %f47,%r183;
sub.rn.f32 %f46,%f47,%f60;
mul.rn.f32 %f49,%f46,%f13;
mov.b32 %r38,%f49;
prmt.b32 %r184,%r181,%r173,%r177;
mov.b32 %f53,%r184;
sub.rn.f32 %f52,%f53,%f60;
mul.rn.f32 %f55,%f52,%f13;
mov.b32 %r39,%f55;
prmt.b32 %r185,%r181,%r173,%r179;
mov.b32 %f59,%r185;
sub.rn.f32 %f58,%f59,%f60;
mul.rn.f32 %f61,%f58,%f13;
mov.b32 %r40,%f61;
sub.s32 %r41,%r4,%r275;
setp.eq.s32 %p20,%r56,0;
@%p20 bra $L__BB0_28;
setp.ne.s32 %p21,%r56,1;
@%p21 bra $L__BB0_46;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f19;
cvt.rn.f16.f32 upper,%f25;
mov.b32 %r277, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f31;
cvt.rn.f16.f32 upper,%f37;
mov.b32 %r278, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f43;
cvt.rn.f16.f32 upper,%f49;
mov.b32 %r279, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f55;
cvt.rn.f16.f32 upper,%f61;
mov.b32 %r280, {lower, upper};
}
bra.uni $L__BB0_47;
$L__BB0_28:
cvt.u64.u32 %rd6,%r275;
and.b64 %rd91,%rd12,15;
setp.eq.s64 %p22,%rd91,0;
setp.eq.s32 %p23,%r4,8192;
and.pred %p24,%p22,%p23;
@%p24 bra $L__BB0_45;
bra.uni $L__BB0_29;
$L__BB0_45:
cvta.to.global.u64 %rd98,%rd12;
selp.b64 %rd99,4,2,%p20;
mul.lo.s64 %rd100,%rd119,%rd99;
shl.b64 %rd101,%rd100,13;
add.s64 %rd102,%rd98,%rd101;
mov.u32 %r190,%tid.x;
mov.u32 %r191,1;
and.b32 %r192,%r190,1;
setp.eq.b32 %p35,%r192,1;
selp.b32 %r193,%r33,%r37,%p35;
mov.u32 %r194,31;
mov.u32 %r195, -1;
shfl.sync.bfly.b32 %r196|%p36,%r193,%r191,%r194,%r195;
mov.b32 %f73,%r196;
selp.b32 %r197,%r34,%r38,%p35;
shfl.sync.bfly.b32 %r198|%p37,%r197,%r191,%r194,%r195;
mov.b32 %f74,%r198;
selp.b32 %r199,%r35,%r39,%p35;
shfl.sync.bfly.b32 %r200|%p38,%r199,%r191,%r194,%r195;
mov.b32 %f75,%r200;
selp.b32 %r201,%r36,%r40,%p35;
shfl.sync.bfly.b32 %r202|%p39,%r201,%r191,%r194,%r195;
mov.b32 %f76,%r202;
shl.b32 %r203,%r190,2;
and.b32 %r204,%r203,4;
neg.s32 %r205,%r204;
cvt.s64.s32 %rd103,%r205;
add.s64 %rd104,%rd6,%rd103;
shl.b64 %rd105,%rd104,2;
add.s64 %rd106,%rd102,%rd105;
selp.f32 %f77,%f73,%f19,%p35;
selp.f32 %f78,%f74,%f25,%p35;
selp.f32 %f79,%f75,%f31,%p35;
selp.f32 %f80,%f76,%f37,%p35;
st.global.v4.f32 [%rd106], {%f77,%f78,%f79,%f80};
selp.f32 %f81,%f43,%f73,%p35;
selp.f32 %f82,%f49,%f74,%p35;
selp.f32 %f83,%f55,%f75,%p35;
selp.f32 %f84,%f61,%f76,%p35;
st.global.v4.f32 [%rd106+32], {%f81,%f82,%f83,%f84};
bra.uni $L__BB0_65;
$L__BB0_46:
and.b32 %r206,%r33,2147483647;
setp.gt.u32 %p40,%r206,2139095040;
shr.u32 %r207,%r33,16;
and.b32 %r208,%r207,1;
add.s32 %r209,%r33,%r208;
add.s32 %r210,%r209,32767;
or.b32 %r211,%r33,4194304;
selp.b32 %r212,%r211,%r210,%p40;
and.b32 %r213,%r34,2147483647;
setp.gt.u32 %p41,%r213,2139095040;
shr.u32 %r214,%r34,16;
and.b32 %r215,%r214,1;
add.s32 %r216,%r34,%r215;
add.s32 %r217,%r216,32767;
or.b32 %r218,%r34,4194304;
selp.b32 %r219,%r218,%r217,%p41;
mov.u32 %r220,30258;
prmt.b32 %r277,%r212,%r219,%r220;
and.b32 %r221,%r35,2147483647;
setp.gt.u32 %p42,%r221,2139095040;
shr.u32 %r222,%r35,16;
and.b32 %r223,%r222,1;
add.s32 %r224,%r35,%r223;
add.s32 %r225,%r224,32767;
or.b32 %r226,%r35,4194304;
selp.b32 %r227,%r226,%r225,%p42;
and.b32 %r228,%r36,2147483647;
setp.gt.u32 %p43,%r228,2139095040;
shr.u32 %r229,%r36,16;
and.b32 %r230,%r229,1;
add.s32 %r231,%r36,%r230;
add.s32 %r232,%r231,32767;
or.b32 %r233,%r36,4194304;
selp.b32 %r234,%r233,%r232,%p43;
prmt.b32 %r278,%r227,%r234,%r220;
and.b32 %r235,%r37,2147483647;
setp.gt.u32 %p44,%r235,2139095040;
shr.u32 %r236,%r37,16;
and.b32 %r237,%r236,1;
add.s32 %r238,%r37,%r237;
add.s32 %r239,%r238,32767;
or.b32 %r240,%r37,4194304;
selp.b32 %r241,%r240,%r239,%p44;
and.b32 %r242,%r38,2147483647;
setp.gt.u32 %p45,%r242,2139095040;
shr.u32 %r243,%r38,16;
and.b32 %r244,%r243,1;
add.s32 %r245,%r38,%r244;
add.s32 %r246,%r245,32767;
or.b32 %r247,%r38,4194304;
selp.b32 %r248,%r247,%r246,%p45;
prmt.b32 %r279,%r241,%r248,%r220;
and.b32 %r249,%r39,2147483647;
setp.gt.u32 %p46,%r249,2139095040;
shr.u32 %r250,%r39,16;
and.b32 %r251,%r250,1;
add.s32 %r252,%r39,%r251;
add.s32 %r253,%r252,32767;
or.b32 %r254,%r39,4194304;
selp.b32 %r255,%r254,%r253,%p46;
and.b32 %r256,%r40,2147483647;
setp.gt.u32 %p47,%r256,2139095040;
shr.u32 %r257,%r40,16;
and.b32 %r258,%r257,1;
add.s32 %r259,%r40,%r258;
add.s32 %r260,%r259,32767;
or.b32 %r261,%r40,4194304;
selp.b32 %r262,%r261,%r260,%p47;
prmt.b32 %r280,%r255,%r262,%r220;
$L__BB0_47:
selp.b64 %rd107,4,2,%p20;
mul.lo.s64 %rd108,%rd119,%rd107;
shl.b64 %rd109,%rd108,13;
cvta.to.global.u64 %rd110,%rd12;
add.s64 %rd111,%rd110,%rd109;
mul.wide.u32 %rd112,%r275,2;
add.s64 %rd8,%rd111,%rd112;
and.b64 %rd113,%rd12,15;
setp.eq.s64 %p49,%rd113,0;
setp.eq.s32 %p50,%r4,8192;
and.pred %p51,%p49,%p50;
@%p51 bra $L__BB0_64;
bra.uni $L__BB0_48;
$L__BB0_64:
st.global.v4.u32 [%rd8], {%r277,%r278,%r279,%r280};
bra.uni $L__BB0_65;
$L__BB0_48:
setp.eq.s32 %p52,%r41,0;
@%p52 bra $L__BB0_50;
st.global.u16 [%rd8],%r277;
$L__BB0_50:
setp.lt.u32 %p53,%r41,2;
@%p53 bra $L__BB0_52;
shr.u32 %r263,%r277,16;
st.global.u16 [%rd8+2],%r263;
$L__BB0_52:
setp.lt.u32 %p54,%r41,3;
@%p54 bra $L__BB0_54;
st.global.u16 [%rd8+4],%r278;
$L__BB0_54:
setp.lt.u32 %p55,%r41,4;
@%p55 bra $L__BB0_56;
shr.u32 %r264,%r278,16;
st.global.u16 [%rd8+6],%r264;
$L__BB0_56:
setp.lt.u32 %p56,%r41,5;
@%p56 bra $L__BB0_58;
st.global.u16 [%rd8+8],%r279;
$L__BB0_58:
setp.lt.u32 %p57,%r41,6;
@%p57 bra $L__BB0_60;
shr.u32 %r265,%r279,16;
st.global.u16 [%rd8+10],%r265;
$L__BB0_60:
setp.lt.u32 %p58,%r41,7;
@%p58 bra $L__BB0_62;
st.global.u16 [%rd8+12],%r280;
$L__BB0_62:
setp.lt.u32 %p59,%r41,8;
@%p59 bra $L__BB0_65;
shr.u32 %r266,%r280,16;
st.global.u16 [%rd8+14],%r266;
bra.uni $L__BB0_65;
$L__BB0_29:
setp.eq.s32 %p25,%r41,0;
selp.b64 %rd92,4,2,%p20;
mul.lo.s64 %rd93,%rd119,%rd92;
shl.b64 %rd94,%rd93,13;
cvta.to.global.u64 %rd95,%rd12;
add.s64 %rd96,%rd95,%rd94;
shl.b64 %rd97,%rd6,2;
add.s64 %rd7,%rd96,%rd97;
@%p25 bra $L__BB0_31;
st.global.f32 [%rd7],%f19;
$L__BB0_31:
setp.lt.u32 %p27,%r41,2;
@%p27 bra $L__BB0_33;
st.global.f32 [%rd7+4],%f25;
$L__BB0_33:
setp.lt.u32 %p28,%r41,3;
@%p28 bra $L__BB0_35;
st.global.f32 [%rd7+8],%f31;
$L__BB0_35:
setp.lt.u32 %p29,%r41,4;
@%p29 bra $L__BB0_37;
st.global.f32 [%rd7+12],%f37;
$L__BB0_37:
setp.lt.u32 %p30,%r41,5;
@%p30 bra $L__BB0_39;
st.global.f32 [%rd7+16],%f43;
$L__BB0_39:
setp.lt.u32 %p31,%r41,6;
@%p31 bra $L__BB0_41;
st.global.f32 [%rd7+20],%f49;
$L__BB0_41:
setp.lt.u32 %p32,%r41,7;
@%p32 bra $L__BB0_43;
st.global.f32 [%rd7+24],%f55;
$L__BB0_43:
setp.lt.u32 %p33,%r41,8;
@%p33 bra $L__BB0_65;
st.global.f32 [%rd7+28],%f61;
$L__BB0_65:
add.s32 %r276,%r276,256;
shl.b32 %r275,%r276,3;
setp.lt.u32 %p60,%r275,%r4;
@%p60 bra $L__BB0_25;
$L__BB0_66:
bar.sync 0;
mov.u32 %r267,%nctaid.x;
cvt.u64.u32 %rd114,%r267;
add.s64 %rd119,%rd119,%rd114;
setp.lt.u64 %p62,%rd119,%rd16;
@%p62 bra $L__BB0_5;
$L__BB0_67:
ret;
}
)ptx"},
{tensor_type::iq2_s, R"ptx(.version 8.0
.target sm_70
.address_size 64
.global .align 8 .b8 _ZN45_4cria2v03gpu7kernels6detail10iq2_s_gridE[8192] = {8,8,8,8,8,8,8,8,43,8,8,8,8,8,8,8,25,25,8,8,8,8,8,8,8,43,8,8,8,8,8,8,43,43,8,8,8,8,8,8,25,8,25,8,8,8,8,8,8,25,25,8,8,8,8,8,43,25,25,8,8,8,8,8,25,43,25,8,8,8,8,8,8,8,43,8,8,8,8,8,43,8,43,8,8,8,8,8,25,25,43,8,8,8,8,8,8,43,43,8,8,8,8,8,25,8,8,25,8,8,8,8,8,25,8,25,8,8,8,8,43,25,8,25,8,8,8,8,25,43,8,25,8,8,8,8,8,8,25,25,8,8,8,8,43,8,25,25,8,8,8,8,25,25,25,25,8,8,8,8,8,43,25,25,8,8,8,8,25,8,43,25,8,8,8,8,8,25,43,25,8,8,8,8,43,25,43,25,8,8,8,8,25,43,43,25,8,8,8,8,8,8,8,43,8,8,8,8,43,8,8,43,8,8,8,8,25,25,8,43,8,8,8,8,8,43,8,43,8,8,8,8,25,8,25,43,8,8,8,8,8,25,25,43,8,8,8,8,8,8,43,43,8,8,8,8,25,25,43,43,8,8,8,8,43,43,43,43,8,8,8,8,25,8,8,8,25,8,8,8,8,25,8,8,25,8,8,8,43,25,8,8,25,8,8,8,25,43,8,8,25,8,8,8,8,8,25,8,25,8,8,8,43,8,25,8,25,8,8,8,25,25,25,8,25,8,8,8,8,43,25,8,25,8,8,8,25,8,43,8,25,8,8,8,8,25,43,8,25,8,8,8,8,8,8,25,25,8,8,8,43,8,8,25,25,8,8,8,25,25,8,25,25,8,8,8,8,43,8,25,25,8,8,8,25,8,25,25,25,8,8,8,8,25,25,25,25,8,8,8,43,25,25,25,25,8,8,8,25,43,25,25,25,8,8,8,8,8,43,25,25,8,8,8,25,25,43,25,25,8,8,8,8,43,43,25,25,8,8,8,25,8,8,43,25,8,8,8,8,25,8,43,25,8,8,8,8,8,25,43,25,8,8,8,43,8,25,43,25,8,8,8,25,25,25,43,25,8,8,8,25,8,43,43,25,8,8,8,8,25,43,43,25,8,8,8,8,8,8,8,43,8,8,8,43,8,8,8,43,8,8,8,25,25,8,8,43,8,8,8,8,43,8,8,43,8,8,8,25,8,25,8,43,8,8,8,8,25,25,8,43,8,8,8,8,8,43,8,43,8,8,8,43,43,43,8,43,8,8,8,25,8,8,25,43,8,8,8,8,25,8,25,43,8,8,8,43,25,8,25,43,8,8,8,25,43,8,25,43,8,8,8,8,8,25,25,43,8,8,8,25,25,25,25,43,8,8,8,8,8,8,43,43,8,8,8,25,25,8,43,43,8,8,8,43,43,8,43,43,8,8,8,8,25,25,43,43,8,8,8,43,8,43,43,43,8,8,8,25,8,8,8,8,25,8,8,8,25,8,8,8,25,8,8,43,25,8,8,8,25,8,8,25,43,8,8,8,25,8,8,8,8,25,8,8,25,8,8,43,8,25,8,8,25,8,8,25,25,25,8,8,25,8,8,8,43,25,8,8,25,8,8,25,8,43,8,8,25,8,8,8,25,43,8,8,25,8,8,43,25,43,8,8,25,8,8,25,43,43,8,8,25,8,8,8,8,8,25,8,25,8,8,43,8,8,25,8,25,8,8,25,25,8,25,8,25,8,8,8,43,8,25,8,25,8,8,43,43,8,25,8,25,8,8,25,8,25,25,8,25,8,8,8,25,25,25,8,25,8,8,43,25,25,25,8,25,8,8,25,43,25,25,8,25,8,8,8,8,43,25,8,25,8,8,43,8,43,25,8,25,8,8,25,25,43,25,8,25,8,8,25,8,8,43,8,25,8,8,8,25,8,43,8,25,8,8,43,25,8,43,8,25,8,8,25,43,8,43,8,25,8,8,8,8,25,43,8,25,8,8,25,25,25,43,8,25,8,8,8,43,25,43,8,25,8,8,25,8,43,43,8,25,8,8,8,25,43,43,8,25,8,8,8,8,8,8,25,25,8,8,43,8,8,8,25,25,8,8,25,25,8,8,25,25,8,8,8,43,8,8,25,25,8,8,43,43,8,8,25,25,8,8,25,8,25,8,25,25,8,8,8,25,25,8,25,25,8,8,43,25,25,8,25,25,8,8,25,43,25,8,25,25,8,8,8,8,43,8,25,25,8,8,25,25,43,8,25,25,8,8,8,43,43,8,25,25,8,8,25,8,8,25,25,25,8,8,8,25,8,25,25,25,8,8,43,25,8,25,25,25,8,8,25,43,8,25,25,25,8,8,8,8,25,25,25,25,8,8,43,8,25,25,25,25,8,8,25,25,25,25,25,25,8,8,8,43,25,25,25,25,8,8,25,8,43,25,25,25,8,8,8,25,43,25,25,25,8,8,8,8,8,43,25,25,8,8,43,8,8,43,25,25,8,8,25,25,8,43,25,25,8,8,8,43,8,43,25,25,8,8,25,8,25,43,25,25,8,8,8,25,25,43,25,25,8,8,8,8,43,43,25,25,8,8,25,8,8,8,43,25,8,8,8,25,8,8,43,25,8,8,43,25,8,8,43,25,8,8,25,43,8,8,43,25,8,8,8,8,25,8,43,25,8,8,25,25,25,8,43,25,8,8,8,8,8,25,43,25,8,8,25,25,8,25,43,25,8,8,8,43,8,25,43,25,8,8,25,8,25,25,43,25,8,8,8,25,25,25,43,25,8,8,8,8,43,25,43,25,8,8,25,8,8,43,43,25,8,8,8,25,8,43,43,25,8,8,8,8,25,43,43,25,8,8,8,8,8,8,8,43,8,8,43,8,8,8,8,43,8,8,25,25,8,8,8,43,8,8,8,43,8,8,8,43,8,8,25,8,25,8,8,43,8,8,8,25,25,8,8,43,8,8,43,25,25,8,8,43,8,8,25,43,25,8,8,43,8,8,8,8,43,8,8,43,8,8,25,25,43,8,8,43,8,8,43,43,43,8,8,43,8,8,25,8,8,25,8,43,8,8,8,25,8,25,8,43,8,8,43,25,8,25,8,43,8,8,25,43,8,25,8,43,8,8,8,8,25,25,8,43,8,8,43,8,25,25,8,43,8,8,25,25,25,25,8,43,8,8,8,43,25,25,8,43,8,8,25,8,43,25,8,43,8,8,8,25,43,25,8,43,8,8,8,8,8,43,8,43,8,8,25,25,8,43,8,43,8,8,8,25,25,43,8,43,8,8,43,43,43,43,8,43,8,8,25,8,8,8,25,43,8,8,8,25,8,8,25,43,8,8,8,8,25,8,25,43,8,8,43,8,25,8,25,43,8,8,25,25,25,8,25,43,8,8,8,43,25,8,25,43,8,8,25,8,43,8,25,43,8,8,8,8,8,25,25,43,8,8,25,25,8,25,25,43,8,8,8,43,8,25,25,43,8,8,25,8,25,25,25,43,8,8,8,25,25,25,25,43,8,8,8,8,43,25,25,43,8,8,25,8,8,43,25,43,8,8,8,8,25,43,25,43,8,8,8,8,8,8,43,43,8,8,25,8,25,8,43,43,8,8,8,25,25,8,43,43,8,8,43,8,43,8,43,43,8,8,8,43,43,8,43,43,8,8,43,43,43,8,43,43,8,8,8,8,25,25,43,43,8,8,25,43,25,43,43,43,8,8,25,8,8,8,8,8,25,8,8,25,8,8,8,8,25,8,43,25,8,8,8,8,25,8,25,43,8,8,8,8,25,8,8,8,25,8,8,8,25,8,43,8,25,8,8,8,25,8,25,25,25,8,8,8,25,8,8,43,25,8,8,8,25,8,25,8,43,8,8,8,25,8,8,25,43,8,8,8,25,8,43,25,43,8,8,8,25,8,8,8,8,25,8,8,25,8,43,8,8,25,8,8,25,8,25,25,8,25,8,8,25,8,8,43,8,25,8,8,25,8,25,8,25,25,8,8,25,8,8,25,25,25,8,8,25,8,43,25,25,25,8,8,25,8,25,43,25,25,8,8,25,8,8,8,43,25,8,8,25,8,43,8,43,25,8,8,25,8,25,25,43,25,8,8,25,8,8,43,43,25,8,8,25,8,25,8,8,43,8,8,25,8,8,25,8,43,8,8,25,8,43,25,8,43,8,8,25,8,8,8,25,43,8,8,25,8,25,25,25,43,8,8,25,8,8,43,25,43,8,8,25,8,25,8,43,43,8,8,25,8,8,25,43,43,8,8,25,8,8,8,8,8,25,8,25,8,43,8,8,8,25,8,25,8,25,25,8,8,25,8,25,8,8,43,8,8,25,8,25,8,43,43,8,8,25,8,25,8,25,8,25,8,25,8,25,8,8,25,25,8,25,8,25,8,43,25,25,8,25,8,25,8,25,43,25,8,25,8,25,8,8,8,43,8,25,8,25,8,43,8,43,8,25,8,25,8,25,25,43,8,25,8,25,8,8,43,43,8,25,8,25,8,25,8,8,25,25,8,25,8,8,25,8,25,25,8,25,8,43,25,8,25,25,8,25,8,25,43,8,25,25,8,25,8,8,8,25,25,25,8,25,8,43,8,25,25,25,8,25,8,25,25,25,25,25,8,25,8,8,43,25,25,25,8,25,8,25,8,43,25,25,8,25,8,8,25,43,25,25,8,25,8,8,8,8,43,25,8,25,8,43,8,8,43,25,8,25,8,25,25,8,43,25,8,25,8,8,43,8,43,25,8,25,8,25,8,25,43,25,8,25,8,8,25,25,43,25,8,25,8,25,8,8,8,43,8,25,8,8,25,8,8,43,8,25,8,25,43,8,8,43,8,25,8,8,8,25,8,43,8,25,8,25,25,25,8,43,8,25,8,25,8,43,8,43,8,25,8,8,25,43,8,43,8,25,8,8,8,8,25,43,8,25,8,25,25,8,25,43,8,25,8,25,8,25,25,43,8,25,8,8,25,25,25,43,8,25,8,25,8,8,43,43,8,25,8,8,25,8,43,43,8,25,8,8,8,25,43,43,8,25,8,8,8,8,8,8,25,25,8,43,8,8,8,8,25,25,8,25,25,8,8,8,25,25,8,8,43,8,8,8,25,25,8,25,8,25,8,8,25,25,8,8,25,25,8,8,25,25,8,43,25,25,8,8,25,25,8,25,43,25,8,8,25,25,8,8,8,43,8,8,25,25,8,25,25,43,8,8,25,25,8,8,43,43,8,8,25,25,8,25,8,8,25,8,25,25,8,8,25,8,25,8,25,25,8,43,25,8,25,8,25,25,8,25,43,8,25,8,25,25,8,8,8,25,25,8,25,25,8,43,8,25,25,8,25,25,8,25,25,25,25,8,25,25,8,8,43,25,25,8,25,25,8,25,8,43,25,8,25,25,8,8,25,43,25,8,25,25,8,8,8,8,43,8,25,25,8,43,8,8,43,8,25,25,8,25,25,8,43,8,25,25,8,8,43,8,43,8,25,25,8,25,8,25,43,8,25,25,8,8,25,25,43,8,25,25,8,8,8,43,43,8,25,25,8,25,8,8,8,25,25,25,8,8,25,8,8,25,25,25,8,43,25,8,8,25,25,25,8,25,43,8,8,25,25,25,8,8,8,25,8,25,25,25,8,43,8,25,8,25,25,25,8,25,25,25,8,25,25,25,8,8,43,25,8,25,25,25,8,25,8,43,8,25,25,25,8,8,25,43,8,25,25,25,8,8,8,8,25,25,25,25,8,43,8,8,25,25,25,25,8,25,25,8,25,25,25,25,8,8,43,8,25,25,25,25,8,25,8,25,25,25,25,25,8,8,25,25,25,25,25,25,8,8,8,43,25,25,25,25,8,25,8,8,43,25,25,25,8,8,25,8,43,25,25,25,8,8,8,25,43,25,25,25,8,8,8,8,8,43,25,25,8,25,25,8,8,43,25,25,8,8,43,8,8,43,25,25,8,25,8,25,8,43,25,25,8,8,25,25,8,43,25,25,8,8,8,43,8,43,25,25,8,25,8,8,25,43,25,25,8,8,25,8,25,43,25,25,8,8,8,25,25,43,25,25,8,8,8,8,43,43,25,25,8,43,43,43,43,43,25,25,8,25,8,8,8,8,43,25,8,8,25,8,8,8,43,25,8,43,25,8,8,8,43,25,8,25,43,8,8,8,43,25,8,8,8,25,8,8,43,25,8,25,25,25,8,8,43,25,8,8,43,25,8,8,43,25,8,25,8,43,8,8,43,25,8,8,8,8,25,8,43,25,8,43,8,8,25,8,43,25,8,25,25,8,25,8,43,25,8,8,43,8,25,8,43,25,8,25,8,25,25,8,43,25,8,8,25,25,25,8,43,25,8,8,8,43,25,8,43,25,8,25,8,8,43,8,43,25,8,8,25,8,43,8,43,25,8,8,8,8,8,25,43,25,8,43,8,8,8,25,43,25,8,25,25,8,8,25,43,25,8,8,43,8,8,25,43,25,8,25,8,25,8,25,43,25,8,8,25,25,8,25,43,25,8,8,8,43,8,25,43,25,8,25,8,8,25,25,43,25,8,8,25,8,25,25,43,25,8,8,8,25,25,25,43,25,8,25,43,43,25,25,43,25,8,43,8,43,43,25,43,25,8,8,25,8,8,43,43,25,8,8,8,25,8,43,43,25,8,8,8,8,25,43,43,25,8,43,25,25,25,43,43,25,8,8,8,8,8,8,8,43,8,43,8,8,8,8,8,43,8,25,25,8,8,8,8,43,8,8,43,8,8,8,8,43,8,25,8,25,8,8,8,43,8,8,25,25,8,8,8,43,8,43,25,25,8,8,8,43,8,25,43,25,8,8,8,43,8,8,8,43,8,8,8,43,8,25,25,43,8,8,8,43,8,43,43,43,8,8,8,43,8,25,8,8,25,8,8,43,8,8,25,8,25,8,8,43,8,8,8,25,25,8,8,43,8,43,8,25,25,8,8,43,8,25,25,25,25,8,8,43,8,8,25,43,25,8,8,43,8,8,8,8,43,8,8,43,8,43,43,8,43,8,8,43,8,8,25,25,43,8,8,43,8,43,43,43,43,8,8,43,8,25,8,8,8,25,8,43,8,8,25,8,8,25,8,43,8,8,8,25,8,25,8,43,8,43,8,25,8,25,8,43,8,25,25,25,8,25,8,43,8,25,8,43,8,25,8,43,8,8,8,8,25,25,8,43,8,43,8,8,25,25,8,43,8,25,25,8,25,25,8,43,8,25,8,25,25,25,8,43,8,8,25,25,25,25,8,43,8,8,8,43,25,25,8,43,8,25,8,8,43,25,8,43,8,8,25,8,43,25,8,43,8,8,8,25,43,25,8,43,8,8,8,8,8,43,8,43,8,43,43,8,8,43,8,43,8,43,8,43,8,43,8,43,8,8,43,43,8,43,8,43,8,43,43,43,8,43,8,43,8,8,25,8,25,43,8,43,8,8,8,25,25,43,8,43,8,8,43,8,43,43,8,43,8,43,43,8,43,43,8,43,8,8,43,43,43,43,8,43,8,25,8,8,8,8,25,43,8,8,25,8,8,8,25,43,8,43,25,8,8,8,25,43,8,25,43,8,8,8,25,43,8,8,8,25,8,8,25,43,8,25,25,25,8,8,25,43,8,8,43,25,8,8,25,43,8,25,8,43,8,8,25,43,8,8,25,43,8,8,25,43,8,8,8,8,25,8,25,43,8,43,8,8,25,8,25,43,8,25,25,8,25,8,25,43,8,8,43,8,25,8,25,43,8,25,8,25,25,8,25,43,8,8,25,25,25,8,25,43,8,8,8,43,25,8,25,43,8,25,8,8,43,8,25,43,8,8,25,8,43,8,25,43,8,8,8,25,43,8,25,43,8,8,8,8,8,25,25,43,8,25,25,8,8,25,25,43,8,8,43,8,8,25,25,43,8,25,8,25,8,25,25,43,8,8,25,25,8,25,25,43,8,8,8,43,8,25,25,43,8,25,8,8,25,25,25,43,8,8,25,8,25,25,25,43,8,8,8,25,25,25,25,43,8,43,25,43,25,25,25,43,8,8,8,8,43,25,25,43,8,25,8,8,8,43,25,43,8,8,25,8,8,43,25,43,8,8,8,25,8,43,25,43,8,8,8,8,25,43,25,43,8,25,43,25,25,43,25,43,8,8,8,8,8,8,43,43,8,25,25,8,8,8,43,43,8,25,8,25,8,8,43,43,8,8,25,25,8,8,43,43,8,25,8,8,25,8,43,43,8,8,25,8,25,8,43,43,8,8,8,25,25,8,43,43,8,43,43,8,43,8,43,43,8,43,43,43,43,8,43,43,8,25,8,8,8,25,43,43,8,8,25,8,8,25,43,43,8,8,8,25,8,25,43,43,8,25,25,25,43,25,43,43,8,43,43,8,8,43,43,43,8,43,8,43,8,43,43,43,8,8,25,43,25,43,43,43,8,8,43,8,43,43,43,43,8,43,43,8,43,43,43,43,8,25,8,8,8,8,8,8,25,8,25,8,8,8,8,8,25,43,25,8,8,8,8,8,25,25,43,8,8,8,8,8,25,8,8,25,8,8,8,8,25,43,8,25,8,8,8,8,25,25,25,25,8,8,8,8,25,8,43,25,8,8,8,8,25,43,43,25,8,8,8,8,25,25,8,43,8,8,8,8,25,8,25,43,8,8,8,8,25,43,25,43,8,8,8,8,25,8,8,8,25,8,8,8,25,43,8,8,25,8,8,8,25,25,25,8,25,8,8,8,25,8,43,8,25,8,8,8,25,43,43,8,25,8,8,8,25,25,8,25,25,8,8,8,25,8,25,25,25,8,8,8,25,43,25,25,25,8,8,8,25,25,43,25,25,8,8,8,25,8,8,43,25,8,8,8,25,43,8,43,25,8,8,8,25,25,25,43,25,8,8,8,25,25,8,8,43,8,8,8,25,8,25,8,43,8,8,8,25,8,8,25,43,8,8,8,25,25,25,25,43,8,8,8,25,8,43,25,43,8,8,8,25,25,8,43,43,8,8,8,25,8,25,43,43,8,8,8,25,8,8,8,8,25,8,8,25,43,8,8,8,25,8,8,25,25,25,8,8,25,8,8,25,8,43,8,8,25,8,8,25,25,8,25,8,25,8,8,25,8,25,25,8,25,8,8,25,43,25,25,8,25,8,8,25,25,43,25,8,25,8,8,25,8,8,43,8,25,8,8,25,43,8,43,8,25,8,8,25,25,25,43,8,25,8,8,25,25,8,8,25,25,8,8,25,8,25,8,25,25,8,8,25,43,25,8,25,25,8,8,25,25,43,8,25,25,8,8,25,8,8,25,25,25,8,8,25,43,8,25,25,25,8,8,25,25,25,25,25,25,8,8,25,8,43,25,25,25,8,8,25,25,8,43,25,25,8,8,25,8,25,43,25,25,8,8,25,8,8,8,43,25,8,8,25,43,8,8,43,25,8,8,25,25,25,8,43,25,8,8,25,8,43,8,43,25,8,8,25,25,8,25,43,25,8,8,25,8,25,25,43,25,8,8,25,8,8,43,43,25,8,8,25,25,8,8,8,43,8,8,25,8,25,8,8,43,8,8,25,8,8,25,8,43,8,8,25,43,8,25,8,43,8,8,25,25,25,25,8,43,8,8,25,8,43,25,8,43,8,8,25,8,25,43,8,43,8,8,25,8,8,8,25,43,8,8,25,25,25,8,25,43,8,8,25,8,43,8,25,43,8,8,25,25,8,25,25,43,8,8,25,8,25,25,25,43,8,8,25,8,8,43,25,43,8,8,25,25,8,8,43,43,8,8,25,8,25,8,43,43,8,8,25,8,8,8,8,8,25,8,25,43,8,8,8,8,25,8,25,25,25,8,8,8,25,8,25,8,43,8,8,8,25,8,25,43,43,8,8,8,25,8,25,25,8,25,8,8,25,8,25,8,25,25,8,8,25,8,25,43,25,25,8,8,25,8,25,25,43,25,8,8,25,8,25,8,8,43,8,8,25,8,25,43,8,43,8,8,25,8,25,25,25,43,8,8,25,8,25,8,43,43,8,8,25,8,25,25,8,8,25,8,25,8,25,8,25,8,25,8,25,8,25,43,25,8,25,8,25,8,25,25,43,8,25,8,25,8,25,8,8,25,25,8,25,8,25,43,8,25,25,8,25,8,25,25,25,25,25,8,25,8,25,8,43,25,25,8,25,8,25,25,8,43,25,8,25,8,25,8,25,43,25,8,25,8,25,8,8,8,43,8,25,8,25,43,8,8,43,8,25,8,25,25,25,8,43,8,25,8,25,8,43,8,43,8,25,8,25,25,8,25,43,8,25,8,25,8,25,25,43,8,25,8,25,8,8,43,43,8,25,8,25,25,8,8,8,25,25,8,25,8,25,8,8,25,25,8,25,43,25,8,8,25,25,8,25,25,43,8,8,25,25,8,25,8,8,25,8,25,25,8,25,43,8,25,8,25,25,8,25,25,25,25,8,25,25,8,25,8,43,25,8,25,25,8,25,25,8,43,8,25,25,8,25,8,25,43,8,25,25,8,25,8,8,8,25,25,25,8,25,43,8,8,25,25,25,8,25,25,25,8,25,25,25,8,25,8,43,8,25,25,25,8,25,25,8,25,25,25,25,8,25,8,25,25,25,25,25,8,25,8,8,43,25,25,25,8,25,43,43,43,25,25,25,8,25,25,8,8,43,25,25,8,25,8,25,8,43,25,25,8,25,8,8,25,43,25,25,8,25,8,8,8,8,43,25,8,25,43,8,8,8,43,25,8,25,25,25,8,8,43,25,8,25,8,43,8,8,43,25,8,25,25,8,25,8,43,25,8,25,8,25,25,8,43,25,8,25,8,8,43,8,43,25,8,25,25,8,8,25,43,25,8,25,8,25,8,25,43,25,8,25,8,8,25,25,43,25,8,25,8,8,8,43,43,25,8,25,25,25,43,43,43,25,8,25,25,8,8,8,8,43,8,25,8,25,8,8,8,43,8,25,25,43,8,8,8,43,8,25,8,8,25,8,8,43,8,25,43,8,25,8,8,43,8,25,25,25,25,8,8,43,8,25,8,43,25,8,8,43,8,25,25,8,43,8,8,43,8,25,8,25,43,8,8,43,8,25,8,8,8,25,8,43,8,25,43,8,8,25,8,43,8,25,25,25,8,25,8,43,8,25,8,43,8,25,8,43,8,25,25,8,25,25,8,43,8,25,8,25,25,25,8,43,8,25,8,8,43,25,8,43,8,25,8,25,8,43,8,43,8,25,8,8,25,43,8,43,8,25,8,8,8,8,25,43,8,25,43,8,8,8,25,43,8,25,25,25,8,8,25,43,8,25,8,43,8,8,25,43,8,25,25,8,25,8,25,43,8,25,8,25,25,8,25,43,8,25,8,8,43,8,25,43,8,25,25,8,8,25,25,43,8,25,8,25,8,25,25,43,8,25,8,8,25,25,25,43,8,25,8,8,8,43,25,43,8,25,43,25,25,43,25,43,8,25,25,8,8,8,43,43,8,25,8,25,8,8,43,43,8,25,8,8,25,8,43,43,8,25,8,8,8,25,43,43,8,25,8,8,8,8,8,8,25,25,43,8,8,8,8,8,25,25,25,25,8,8,8,8,25,25,8,43,8,8,8,8,25,25,25,8,25,8,8,8,25,25,8,25,25,8,8,8,25,25,43,25,25,8,8,8,25,25,25,43,25,8,8,8,25,25,8,8,43,8,8,8,25,25,43,8,43,8,8,8,25,25,25,25,43,8,8,8,25,25,8,43,43,8,8,8,25,25,25,8,8,25,8,8,25,25,8,25,8,25,8,8,25,25,43,25,8,25,8,8,25,25,25,43,8,25,8,8,25,25,8,8,25,25,8,8,25,25,43,8,25,25,8,8,25,25,25,25,25,25,8,8,25,25,8,43,25,25,8,8,25,25,25,8,43,25,8,8,25,25,8,25,43,25,8,8,25,25,8,8,8,43,8,8,25,25,43,8,8,43,8,8,25,25,25,25,8,43,8,8,25,25,8,43,8,43,8,8,25,25,25,8,25,43,8,8,25,25,8,25,25,43,8,8,25,25,25,8,8,8,25,8,25,25,8,25,8,8,25,8,25,25,43,25,8,8,25,8,25,25,25,43,8,8,25,8,25,25,8,8,25,8,25,8,25,25,43,8,25,8,25,8,25,25,25,25,25,8,25,8,25,25,8,43,25,8,25,8,25,25,25,8,43,8,25,8,25,25,8,25,43,8,25,8,25,25,8,8,8,25,25,8,25,25,43,8,8,25,25,8,25,25,25,25,8,25,25,8,25,25,8,43,8,25,25,8,25,25,25,8,25,25,25,8,25,25,8,25,25,25,25,8,25,25,8,8,43,25,25,8,25,25,25,8,8,43,25,8,25,25,8,25,8,43,25,8,25,25,8,8,25,43,25,8,25,25,8,8,8,8,43,8,25,25,25,25,8,8,43,8,25,25,8,43,8,8,43,8,25,25,25,8,25,8,43,8,25,25,8,25,25,8,43,8,25,25,8,8,43,8,43,8,25,25,25,8,8,25,43,8,25,25,8,25,8,25,43,8,25,25,8,8,25,25,43,8,25,25,25,43,43,25,43,8,25,25,8,8,8,43,43,8,25,25,25,8,8,8,8,25,25,25,8,25,8,8,8,25,25,25,43,25,8,8,8,25,25,25,25,43,8,8,8,25,25,25,8,8,25,8,8,25,25,25,43,8,25,8,8,25,25,25,25,25,25,8,8,25,25,25,8,43,25,8,8,25,25,25,25,8,43,8,8,25,25,25,8,25,43,8,8,25,25,25,8,8,8,25,8,25,25,25,43,8,8,25,8,25,25,25,25,25,8,25,8,25,25,25,8,43,8,25,8,25,25,25,25,8,25,25,8,25,25,25,8,25,25,25,8,25,25,25,8,8,43,25,8,25,25,25,25,8,8,43,8,25,25,25,8,25,8,43,8,25,25,25,8,8,25,43,8,25,25,25,8,8,8,8,25,25,25,25,43,8,8,8,25,25,25,25,25,25,8,8,25,25,25,25,8,43,8,8,25,25,25,25,25,8,25,8,25,25,25,25,8,25,25,8,25,25,25,25,8,8,43,8,25,25,25,25,25,8,8,25,25,25,25,25,8,25,8,25,25,25,25,25,8,8,25,25,25,25,25,25,8,8,8,43,25,25,25,25,25,8,8,8,43,25,25,25,8,25,8,8,43,25,25,25,8,8,25,8,43,25,25,25,43,25,43,8,43,25,25,25,8,8,8,25,43,25,25,25,8,8,8,8,8,43,25,25,43,8,8,8,8,43,25,25,25,25,8,8,8,43,25,25,8,43,8,8,8,43,25,25,25,8,25,8,8,43,25,25,8,25,25,8,8,43,25,25,8,8,43,8,8,43,25,25,25,8,8,25,8,43,25,25,8,25,8,25,8,43,25,25,8,8,25,25,8,43,25,25,43,43,25,25,8,43,25,25,8,8,8,43,8,43,25,25,25,8,8,8,25,43,25,25,8,25,8,8,25,43,25,25,8,8,25,8,25,43,25,25,8,8,8,25,25,43,25,25,8,8,8,8,43,43,25,25,25,43,25,8,43,43,25,25,25,25,8,43,43,43,25,25,8,43,43,43,43,43,25,25,25,8,8,8,8,8,43,25,8,25,8,8,8,8,43,25,43,25,8,8,8,8,43,25,8,8,25,8,8,8,43,25,43,8,25,8,8,8,43,25,25,25,25,8,8,8,43,25,8,43,25,8,8,8,43,25,25,8,43,8,8,8,43,25,8,25,43,8,8,8,43,25,8,8,8,25,8,8,43,25,25,25,8,25,8,8,43,25,8,43,8,25,8,8,43,25,25,8,25,25,8,8,43,25,8,25,25,25,8,8,43,25,8,8,43,25,8,8,43,25,8,25,8,43,8,8,43,25,8,8,25,43,8,8,43,25,8,8,8,8,25,8,43,25,43,8,8,8,25,8,43,25,25,25,8,8,25,8,43,25,8,43,8,8,25,8,43,25,25,8,25,8,25,8,43,25,8,25,25,8,25,8,43,25,8,8,43,8,25,8,43,25,25,8,8,25,25,8,43,25,8,25,8,25,25,8,43,25,8,8,25,25,25,8,43,25,8,8,8,43,25,8,43,25,25,43,25,43,25,8,43,25,8,25,8,8,43,8,43,25,8,8,25,8,43,8,43,25,8,8,8,25,43,8,43,25,43,25,25,25,43,8,43,25,25,8,43,43,43,8,43,25,8,8,8,8,8,25,43,25,25,25,8,8,8,25,43,25,8,43,8,8,8,25,43,25,25,8,25,8,8,25,43,25,8,25,25,8,8,25,43,25,8,8,43,8,8,25,43,25,25,8,8,25,8,25,43,25,8,25,8,25,8,25,43,25,8,8,25,25,8,25,43,25,8,8,8,43,8,25,43,25,25,8,8,8,25,25,43,25,8,25,8,8,25,25,43,25,8,8,25,8,25,25,43,25,8,8,8,25,25,25,43,25,43,43,8,25,25,25,43,25,8,43,43,25,25,25,43,25,43,8,25,43,25,25,43,25,8,8,8,8,43,25,43,25,8,25,25,43,43,25,43,25,25,8,8,8,8,43,43,25,8,25,8,8,8,43,43,25,8,8,25,8,8,43,43,25,25,25,43,25,8,43,43,25,8,43,25,43,8,43,43,25,8,8,8,8,25,43,43,25,43,43,43,8,25,43,43,25,43,8,8,25,43,43,43,25,25,8,43,43,43,43,43,25,8,8,8,8,8,8,8,43,43,8,8,8,8,8,8,43,25,25,8,8,8,8,8,43,8,43,8,8,8,8,8,43,25,8,25,8,8,8,8,43,8,25,25,8,8,8,8,43,25,43,25,8,8,8,8,43,8,8,43,8,8,8,8,43,25,25,43,8,8,8,8,43,25,8,8,25,8,8,8,43,8,25,8,25,8,8,8,43,8,8,25,25,8,8,8,43,43,8,25,25,8,8,8,43,25,25,25,25,8,8,8,43,8,43,25,25,8,8,8,43,25,8,43,25,8,8,8,43,8,8,8,43,8,8,8,43,25,25,8,43,8,8,8,43,25,8,25,43,8,8,8,43,8,25,25,43,8,8,8,43,25,8,8,8,25,8,8,43,8,25,8,8,25,8,8,43,25,43,8,8,25,8,8,43,8,8,25,8,25,8,8,43,43,8,25,8,25,8,8,43,25,25,25,8,25,8,8,43,8,43,25,8,25,8,8,43,25,8,43,8,25,8,8,43,8,25,43,8,25,8,8,43,8,8,8,25,25,8,8,43,43,8,8,25,25,8,8,43,25,25,8,25,25,8,8,43,8,43,8,25,25,8,8,43,25,8,25,25,25,8,8,43,8,25,25,25,25,8,8,43,25,8,8,43,25,8,8,43,8,25,8,43,25,8,8,43,8,8,25,43,25,8,8,43,25,43,43,43,25,8,8,43,8,8,8,8,43,8,8,43,25,25,8,8,43,8,8,43,43,43,8,8,43,8,8,43,25,8,25,8,43,8,8,43,8,25,25,8,43,8,8,43,25,8,8,25,43,8,8,43,8,25,8,25,43,8,8,43,8,8,25,25,43,8,8,43,25,8,8,8,8,25,8,43,8,25,8,8,8,25,8,43,43,25,8,8,8,25,8,43,25,43,8,8,8,25,8,43,8,8,25,8,8,25,8,43,43,8,25,8,8,25,8,43,25,25,25,8,8,25,8,43,8,43,25,8,8,25,8,43,25,8,43,8,8,25,8,43,8,8,8,25,8,25,8,43,43,8,8,25,8,25,8,43,25,25,8,25,8,25,8,43,8,43,8,25,8,25,8,43,25,8,25,25,8,25,8,43,8,25,25,25,8,25,8,43,8,8,43,25,8,25,8,43,25,8,8,43,8,25,8,43,8,25,8,43,8,25,8,43,8,8,25,43,8,25,8,43,8,8,8,8,25,25,8,43,43,8,8,8,25,25,8,43,25,25,8,8,25,25,8,43,8,43,8,8,25,25,8,43,25,8,25,8,25,25,8,43,8,25,25,8,25,25,8,43,8,8,43,8,25,25,8,43,25,8,8,25,25,25,8,43,8,25,8,25,25,25,8,43,8,8,25,25,25,25,8,43,8,8,8,43,25,25,8,43,43,43,8,43,25,25,8,43,25,8,8,8,43,25,8,43,8,25,8,8,43,25,8,43,8,8,25,8,43,25,8,43,25,43,43,8,43,25,8,43,8,8,8,25,43,25,8,43,8,8,8,8,8,43,8,43,25,25,8,8,8,43,8,43,25,8,25,8,8,43,8,43,8,25,25,8,8,43,8,43,25,8,8,25,8,43,8,43,8,25,8,25,8,43,8,43,8,8,25,25,8,43,8,43,43,8,43,43,8,43,8,43,25,8,8,8,25,43,8,43,8,25,8,8,25,43,8,43,8,8,8,25,25,43,8,43,25,25,43,25,25,43,8,43,43,8,43,8,43,43,8,43,8,43,25,25,43,43,8,43,43,43,25,25,43,43,8,43,43,8,8,43,43,43,8,43,43,8,43,43,43,43,8,43,25,8,8,8,8,8,25,43,8,25,8,8,8,8,25,43,25,43,8,8,8,8,25,43,8,8,25,8,8,8,25,43,43,8,25,8,8,8,25,43,25,25,25,8,8,8,25,43,8,43,25,8,8,8,25,43,8,25,43,8,8,8,25,43,8,8,8,25,8,8,25,43,43,8,8,25,8,8,25,43,25,25,8,25,8,8,25,43,8,43,8,25,8,8,25,43,25,8,25,25,8,8,25,43,8,25,25,25,8,8,25,43,8,8,43,25,8,8,25,43,25,8,8,43,8,8,25,43,8,25,8,43,8,8,25,43,8,8,25,43,8,8,25,43,8,8,8,8,25,8,25,43,25,25,8,8,25,8,25,43,25,8,25,8,25,8,25,43,8,25,25,8,25,8,25,43,25,8,8,25,25,8,25,43,8,25,8,25,25,8,25,43,8,8,25,25,25,8,25,43,43,43,25,25,25,8,25,43,25,8,8,8,43,8,25,43,8,25,8,8,43,8,25,43,8,8,25,8,43,8,25,43,8,8,8,25,43,8,25,43,43,25,43,43,43,8,25,43,8,8,8,8,8,25,25,43,43,8,8,8,8,25,25,43,25,25,8,8,8,25,25,43,8,43,8,8,8,25,25,43,25,8,25,8,8,25,25,43,8,25,25,8,8,25,25,43,8,8,43,8,8,25,25,43,25,8,8,25,8,25,25,43,8,25,8,25,8,25,25,43,8,8,25,25,8,25,25,43,8,8,8,43,8,25,25,43,43,25,25,43,8,25,25,43,25,8,8,8,25,25,25,43,8,25,8,8,25,25,25,43,8,8,25,8,25,25,25,43,8,8,8,25,25,25,25,43,8,43,25,43,25,25,25,43,25,8,43,43,25,25,25,43,8,8,8,8,43,25,25,43,43,25,8,25,43,25,25,43,8,25,43,25,43,25,25,43,25,8,8,8,8,43,25,43,8,25,8,8,8,43,25,43,8,8,25,8,8,43,25,43,43,25,43,8,8,43,25,43,8,8,8,25,8,43,25,43,25,43,43,43,8,43,25,43,8,8,8,8,25,43,25,43,25,43,8,25,25,43,25,43,43,8,25,25,25,43,25,43,8,8,25,43,43,43,25,43,8,8,8,8,8,8,43,43,25,25,8,8,8,8,43,43,43,43,8,8,8,8,43,43,8,25,25,8,8,8,43,43,43,8,43,8,8,8,43,43,43,43,43,8,8,8,43,43,25,8,8,25,8,8,43,43,8,25,8,25,8,8,43,43,8,8,25,25,8,8,43,43,43,8,43,43,8,8,43,43,43,43,43,43,8,8,43,43,8,8,8,25,25,8,43,43,25,25,43,25,25,8,43,43,43,8,8,8,43,8,43,43,43,43,8,8,43,8,43,43,43,8,43,8,43,8,43,43,8,43,43,8,43,8,43,43,43,43,43,8,43,8,43,43,43,8,8,43,43,8,43,43,8,43,8,43,43,8,43,43,43,43,8,43,43,8,43,43,8,43,43,43,43,8,43,43,25,8,8,8,8,25,43,43,8,25,8,8,8,25,43,43,8,8,25,8,8,25,43,43,8,8,8,25,8,25,43,43,25,43,8,43,8,25,43,43,8,25,43,43,8,25,43,43,8,8,8,8,25,25,43,43,25,43,25,8,25,25,43,43,25,8,25,25,43,25,43,43,43,43,8,8,8,43,43,43,8,43,43,8,8,43,43,43,43,8,43,43,8,43,43,43,8,25,25,25,25,43,43,43,43,25,8,43,25,43,43,43,8,43,8,8,43,43,43,43,43,43,8,8,43,43,43,43,8,8,43,8,43,43,43,43,43,8,43,8,43,43,43,43,8,43,43,8,43,43,43,43,8,43,8,43,43,43,43,43,43,43,43,43,43,43,43,43};
.visible .entry cria_dequantize_iq2_s(
.param .u64 cria_dequantize_iq2_s_param_0,
.param .u64 cria_dequantize_iq2_s_param_1,
.param .u64 cria_dequantize_iq2_s_param_2,
.param .u32 cria_dequantize_iq2_s_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<63>;
.reg .b16 %rs<4>;
.reg .f32 %f<85>;
.reg .b32 %r<281>;
.reg .b64 %rd<119>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq2_sEEEvPKhyPhjE4tile[2640];
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq2_sEEEvPKhyPhjE4grid[8192];
ld.param.u64 %rd10, [cria_dequantize_iq2_s_param_0];
ld.param.u64 %rd11, [cria_dequantize_iq2_s_param_1];
ld.param.u64 %rd12, [cria_dequantize_iq2_s_param_2];
ld.param.u32 %r56, [cria_dequantize_iq2_s_param_3];
and.b64 %rd13,%rd11,8191;
setp.ne.s64 %p1,%rd13,0;
selp.u64 %rd14,1,0,%p1;
shr.u64 %rd15,%rd11,13;
add.s64 %rd16,%rd15,%rd14;
mov.u32 %r57,%ctaid.x;
cvt.u64.u32 %rd118,%r57;
setp.le.u64 %p2,%rd16,%rd118;
@%p2 bra $L__BB0_67;
mov.u32 %r268,%tid.x;
setp.gt.u32 %p3,%r268,1023;
@%p3 bra $L__BB0_4;
mov.u64 %rd18, _ZN45_4cria2v03gpu7kernels6detail10iq2_s_gridE;
mov.u64 %rd21, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq2_sEEEvPKhyPhjE4grid;
$L__BB0_3:
mul.wide.u32 %rd17,%r268,8;
add.s64 %rd19,%rd18,%rd17;
ld.global.nc.u64 %rd20, [%rd19];
add.s64 %rd22,%rd21,%rd17;
st.shared.u64 [%rd22],%rd20;
add.s32 %r268,%r268,256;
setp.lt.u32 %p4,%r268,1024;
@%p4 bra $L__BB0_3;
$L__BB0_4:
mov.u32 %r62,%tid.x;
add.s32 %r63,%r62,1;
$L__BB0_5:
shl.b64 %rd23,%rd118,13;
sub.s64 %rd24,%rd11,%rd23;
min.u64 %rd25,%rd24,8192;
cvt.u32.u64 %r4,%rd25;
mul.lo.s64 %rd3,%rd118,2624;
add.s64 %rd4,%rd10,%rd3;
mul.lo.s32 %r5,%r4,82;
shr.u32 %r6,%r5,8;
and.b64 %rd26,%rd4,15;
setp.eq.s64 %p5,%rd26,0;
@%p5 bra $L__BB0_17;
cvt.u32.u64 %r58,%rd4;
and.b32 %r7,%r58,3;
add.s32 %r59,%r6,%r7;
setp.lt.u32 %p6,%r59,8;
add.s32 %r60,%r59, -4;
shr.u32 %r61,%r60,2;
selp.b32 %r8,1,%r61,%p6;
setp.ge.u32 %p7,%r63,%r8;
@%p7 bra $L__BB0_14;
cvt.u64.u32 %rd27,%r7;
sub.s64 %rd28,%rd3,%rd27;
add.s64 %rd5,%rd10,%rd28;
shl.b32 %r9,%r7,3;
mov.u32 %r64,%tid.x;
mov.u32 %r65, -2;
sub.s32 %r66,%r65,%r64;
add.s32 %r10,%r66,%r8;
shr.u32 %r67,%r10,8;
add.s32 %r68,%r67,1;
and.b32 %r11,%r68,3;
setp.eq.s32 %p8,%r11,0;
add.s32 %r269,%r64,1;
@%p8 bra $L__BB0_11;
add.s32 %r76,%r64,1;
mul.wide.u32 %rd31,%r76,4;
add.s64 %rd29,%rd5,%rd31;
ld.global.nc.u32 %r69, [%rd29];
add.s64 %rd30,%rd29,4;
ld.global.nc.u32 %r70, [%rd30];
shf.r.wrap.b32 %r71,%r69,%r70,%r9;
mov.u64 %rd32, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq2_sEEEvPKhyPhjE4tile;
add.s64 %rd33,%rd32,%rd31;
st.shared.u32 [%rd33],%r71;
add.s32 %r269,%r64,257;
setp.eq.s32 %p9,%r11,1;
@%p9 bra $L__BB0_11;
add.s32 %r84,%r64,257;
mul.wide.u32 %rd36,%r84,4;
add.s64 %rd34,%rd5,%rd36;
ld.global.nc.u32 %r77, [%rd34];
add.s64 %rd35,%rd34,4;
ld.global.nc.u32 %r78, [%rd35];
shf.r.wrap.b32 %r79,%r77,%r78,%r9;
add.s64 %rd38,%rd32,%rd36;
st.shared.u32 [%rd38],%r79;
add.s32 %r269,%r64,513;
setp.eq.s32 %p10,%r11,2;
@%p10 bra $L__BB0_11;
add.s32 %r92,%r64,513;
mul.wide.u32 %rd41,%r92,4;
add.s64 %rd39,%rd5,%rd41;
ld.global.nc.u32 %r85, [%rd39];
add.s64 %rd40,%rd39,4;
ld.global.nc.u32 %r86, [%rd40];
shf.r.wrap.b32 %r87,%r85,%r86,%r9;
add.s64 %rd43,%rd32,%rd41;
st.shared.u32 [%rd43],%r87;
add.s32 %r269,%r64,769;
$L__BB0_11:
setp.lt.u32 %p11,%r10,768;
@%p11 bra $L__BB0_14;
$L__BB0_13:
.pragma "nounroll";
mul.wide.u32 %rd52,%r269,4;
add.s64 %rd44,%rd5,%rd52;
ld.global.nc.u32 %r93, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r94, [%rd45];
shf.r.wrap.b32 %r95,%r93,%r94,%r9;
mov.u64 %rd53, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq2_sEEEvPKhyPhjE4tile;
add.s64 %rd54,%rd53,%rd52;
st.shared.u32 [%rd54],%r95;
add.s32 %r117,%r269,256;
mul.wide.u32 %rd55,%r117,4;
add.s64 %rd46,%rd5,%rd55;
ld.global.nc.u32 %r99, [%rd46];
add.s64 %rd47,%rd46,4;
ld.global.nc.u32 %r100, [%rd47];
shf.r.wrap.b32 %r101,%r99,%r100,%r9;
add.s64 %rd56,%rd53,%rd55;
st.shared.u32 [%rd56],%r101;
add.s32 %r118,%r269,512;
mul.wide.u32 %rd57,%r118,4;
add.s64 %rd48,%rd5,%rd57;
ld.global.nc.u32 %r105, [%rd48];
add.s64 %rd49,%rd48,4;
ld.global.nc.u32 %r106, [%rd49];
shf.r.wrap.b32 %r107,%r105,%r106,%r9;
add.s64 %rd58,%rd53,%rd57;
st.shared.u32 [%rd58],%r107;
add.s32 %r119,%r269,768;
mul.wide.u32 %rd59,%r119,4;
add.s64 %rd50,%rd5,%rd59;
ld.global.nc.u32 %r111, [%rd50];
add.s64 %rd51,%rd50,4;
ld.global.nc.u32 %r112, [%rd51];
shf.r.wrap.b32 %r113,%r111,%r112,%r9;
add.s64 %rd60,%rd53,%rd59;
st.shared.u32 [%rd60],%r113;
add.s32 %r269,%r269,1024;
setp.lt.u32 %p12,%r269,%r8;
@%p12 bra $L__BB0_13;
$L__BB0_14:
mov.u32 %r120,%tid.x;
setp.gt.u32 %p13,%r120,15;
@%p13 bra $L__BB0_23;
setp.lt.u32 %p14,%r120,4;
shl.b32 %r122,%r8,2;
add.s32 %r123,%r120,%r122;
add.s32 %r124,%r123, -4;
selp.b32 %r19,%r120,%r124,%p14;
setp.ge.u32 %p15,%r19,%r6;
@%p15 bra $L__BB0_23;
cvt.u64.u32 %rd61,%r19;
add.s64 %rd62,%rd3,%rd61;
cvta.to.global.u64 %rd63,%rd10;
add.s64 %rd64,%rd63,%rd62;
ld.global.u8 %rs1, [%rd64];
mov.u64 %rd65, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq2_sEEEvPKhyPhjE4tile;
add.s64 %rd66,%rd65,%rd61;
st.shared.u8 [%rd66],%rs1;
bra.uni $L__BB0_23;
$L__BB0_17:
shr.u32 %r20,%r5,12;
mov.u32 %r126,%tid.x;
setp.ge.u32 %p16,%r126,%r20;
@%p16 bra $L__BB0_19;
mul.wide.u32 %rd68,%r126,16;
add.s64 %rd67,%rd4,%rd68;
ld.global.nc.v4.u32 {%r274,%r273,%r272,%r271}, [%rd67];
$L__BB0_19:
@%p16 bra $L__BB0_21;
mul.wide.u32 %rd69,%r126,16;
mov.u64 %rd70, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq2_sEEEvPKhyPhjE4tile;
add.s64 %rd71,%rd70,%rd69;
st.shared.v4.u32 [%rd71], {%r274,%r273,%r272,%r271};
$L__BB0_21:
and.b32 %r134,%r6,15;
setp.ge.u32 %p18,%r126,%r134;
@%p18 bra $L__BB0_23;
and.b32 %r136,%r6,8176;
add.s32 %r138,%r136,%r126;
cvt.u64.u32 %rd72,%r138;
add.s64 %rd73,%rd3,%rd72;
cvta.to.global.u64 %rd74,%rd10;
add.s64 %rd75,%rd74,%rd73;
ld.global.u8 %rs2, [%rd75];
mov.u64 %rd76, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq2_sEEEvPKhyPhjE4tile;
add.s64 %rd77,%rd76,%rd72;
st.shared.u8 [%rd77],%rs2;
$L__BB0_23:
bar.sync 0;
shl.b32 %r275,%r62,3;
setp.ge.u32 %p19,%r275,%r4;
@%p19 bra $L__BB0_66;
mov.u32 %r276,%r62;
$L__BB0_25:
.pragma "nounroll";
shr.u32 %r141,%r276,5;
mul.lo.s32 %r142,%r141,82;
cvt.u64.u32 %rd78,%r142;
mov.u64 %rd79, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq2_sEEEvPKhyPhjE4tile;
add.s64 %rd80,%rd79,%rd78;
and.b32 %r143,%r276,31;
shr.u32 %r144,%r143,2;
cvt.u64.u32 %rd81,%r143;
add.s64 %rd82,%rd80,%rd81;
ld.shared.u8 %r145, [%rd82+2];
cvt.u64.u32 %rd83,%r144;
add.s64 %rd84,%rd80,%rd83;
ld.shared.u8 %r146, [%rd84+66];
shl.b32 %r147,%r276,1;
and.b32 %r148,%r147,6;
shr.u32 %r149,%r146,%r148;
and.b32 %r150,%r149,3;
bfi.b32 %r151,%r150,%r145,8,2;
ld.shared.u8 %r152, [%rd84+74];
and.b32 %r153,%r147,4;
shr.u32 %r154,%r152,%r153;
and.b32 %r155,%r154,15;
mul.wide.u32 %rd85,%r151,8;
mov.u64 %rd86, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq2_sEEEvPKhyPhjE4grid;
add.s64 %rd87,%rd86,%rd85;
ld.shared.u64 %rd88, [%rd87];
ld.shared.u8 %r156, [%rd82+34];
ld.shared.u16 %rs3, [%rd80];
cvt.f32.f16 %f9,%rs3;
cvt.rn.f32.s32 %f64,%r155;
add.rn.f32 %f12,%f64,0f3F000000;
mul.rn.f32 %f10,%f9,%f12;
mov.f32 %f15,0f3E800000;
mul.rn.f32 %f13,%f10,%f15;
cvt.u32.u64 %r157,%rd88;
and.b32 %r158,%r156,15;
mul.lo.s32 %r159,%r158,2113665;
and.b32 %r160,%r159,16843009;
mul.lo.s32 %r161,%r160,255;
xor.b32 %r162,%r161,%r157;
add.s32 %r163,%r162,%r160;
shr.u64 %rd89,%rd88,32;
cvt.u32.u64 %r164,%rd89;
shr.u32 %r165,%r156,4;
mul.lo.s32 %r166,%r165,2113665;
and.b32 %r167,%r166,16843009;
mul.lo.s32 %r168,%r167,255;
xor.b32 %r169,%r168,%r164;
add.s32 %r170,%r169,%r167;
xor.b32 %r171,%r163, -2139062144;
mov.u32 %r172,30288;
mov.u32 %r173,1258291200;
prmt.b32 %r174,%r171,%r173,%r172;
mov.b32 %f17,%r174;
mov.f32 %f60,0f4B000080;
sub.rn.f32 %f16,%f17,%f60;
mul.rn.f32 %f19,%f16,%f13;
mov.b32 %r33,%f19;
mov.u32 %r175,30289;
prmt.b32 %r176,%r171,%r173,%r175;
mov.b32 %f23,%r176;
sub.rn.f32 %f22,%f23,%f60;
mul.rn.f32 %f25,%f22,%f13;
mov.b32 %r34,%f25;
mov.u32 %r177,30290;
prmt.b32 %r178,%r171,%r173,%r177;
mov.b32 %f29,%r178;
sub.rn.f32 %f28,%f29,%f60;
mul.rn.f32 %f31,%f28,%f13;
mov.b32 %r35,%f31;
mov.u32 %r179,30291;
prmt.b32 %r180,%r171,%r173,%r179;
mov.b32 %f35,%r180;
sub.rn.f32 %f34,%f35,%f60;
mul.rn.f32 %f37,%f34,%f13;
mov.b32 %r36,%f37;
xor.b32 %r181,%r170, -2139062144;
prmt.b32 %r182,%r181,%r173,%r172;
mov.b32 %f41,%r182;
sub.rn.f32 %f40,%f41,%f60;
mul.rn.f32 %f43,%f40,%f13;
mov.b32 %r37,%f43;
prmt.b32 %r183,%r181,%r173,%r175;
mov.b32 %f47,%r183;
sub.rn.f32 %f46,%f47,%f60;
mul.rn.f32 %f49,%f46,%f13;
mov.b32 %r38,%f49;
prmt.b32 %r184,%r181,%r173,%r177;
mov.b32 %f53,%r184;
sub.rn.f32 %f52,%f53,%f60;
mul.rn.f32 %f55,%f52,%f13;
mov.b32 %r39,%f55;
prmt.b32 %r185,%r181,%r173,%r179;
mov.b32 %f59,%r185;
sub.rn.f32 %f58,%f59,%f60;
mul.rn.f32 %f61,%f58,%f13;
mov.b32 %r40,%f61;
sub.s32 %r41,%r4,%r275;
setp.eq.s32 %p20,%r56,0;
@%p20 bra $L__BB0_28;
setp.ne.s32 %p21,%r56,1;
@%p21 bra $L__BB0_46;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f19;
cvt.rn.f16.f32 upper,%f25;
mov.b32 %r277, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f31;
cvt.rn.f16.f32 upper,%f37;
mov.b32 %r278, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f43;
cvt.rn.f16.f32 upper,%f49;
mov.b32 %r279, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f55;
cvt.rn.f16.f32 upper,%f61;
mov.b32 %r280, {lower, upper};
}
bra.uni $L__BB0_47;
$L__BB0_28:
cvt.u64.u32 %rd6,%r275;
and.b64 %rd90,%rd12,15;
setp.eq.s64 %p22,%rd90,0;
setp.eq.s32 %p23,%r4,8192;
and.pred %p24,%p22,%p23;
@%p24 bra $L__BB0_45;
bra.uni $L__BB0_29;
$L__BB0_45:
cvta.to.global.u64 %rd97,%rd12;
selp.b64 %rd98,4,2,%p20;
mul.lo.s64 %rd99,%rd118,%rd98;
shl.b64 %rd100,%rd99,13;
add.s64 %rd101,%rd97,%rd100;
mov.u32 %r190,%tid.x;
mov.u32 %r191,1;
and.b32 %r192,%r190,1;
setp.eq.b32 %p35,%r192,1;
selp.b32 %r193,%r33,%r37,%p35;
mov.u32 %r194,31;
mov.u32 %r195, -1;
shfl.sync.bfly.b32 %r196|%p36,%r193,%r191,%r194,%r195;
mov.b32 %f73,%r196;
selp.b32 %r197,%r34,%r38,%p35;
shfl.sync.bfly.b32 %r198|%p37,%r197,%r191,%r194,%r195;
mov.b32 %f74,%r198;
selp.b32 %r199,%r35,%r39,%p35;
shfl.sync.bfly.b32 %r200|%p38,%r199,%r191,%r194,%r195;
mov.b32 %f75,%r200;
selp.b32 %r201,%r36,%r40,%p35;
shfl.sync.bfly.b32 %r202|%p39,%r201,%r191,%r194,%r195;
mov.b32 %f76,%r202;
shl.b32 %r203,%r190,2;
and.b32 %r204,%r203,4;
neg.s32 %r205,%r204;
cvt.s64.s32 %rd102,%r205;
add.s64 %rd103,%rd6,%rd102;
shl.b64 %rd104,%rd103,2;
add.s64 %rd105,%rd101,%rd104;
selp.f32 %f77,%f73,%f19,%p35;
selp.f32 %f78,%f74,%f25,%p35;
selp.f32 %f79,%f75,%f31,%p35;
selp.f32 %f80,%f76,%f37,%p35;
st.global.v4.f32 [%rd105], {%f77,%f78,%f79,%f80};
selp.f32 %f81,%f43,%f73,%p35;
selp.f32 %f82,%f49,%f74,%p35;
selp.f32 %f83,%f55,%f75,%p35;
selp.f32 %f84,%f61,%f76,%p35;
st.global.v4.f32 [%rd105+32], {%f81,%f82,%f83,%f84};
bra.uni $L__BB0_65;
$L__BB0_46:
and.b32 %r206,%r33,2147483647;
setp.gt.u32 %p40,%r206,2139095040;
shr.u32 %r207,%r33,16;
and.b32 %r208,%r207,1;
add.s32 %r209,%r33,%r208;
add.s32 %r210,%r209,32767;
or.b32 %r211,%r33,4194304;
selp.b32 %r212,%r211,%r210,%p40;
and.b32 %r213,%r34,2147483647;
setp.gt.u32 %p41,%r213,2139095040;
shr.u32 %r214,%r34,16;
and.b32 %r215,%r214,1;
add.s32 %r216,%r34,%r215;
add.s32 %r217,%r216,32767;
or.b32 %r218,%r34,4194304;
selp.b32 %r219,%r218,%r217,%p41;
mov.u32 %r220,30258;
prmt.b32 %r277,%r212,%r219,%r220;
and.b32 %r221,%r35,2147483647;
setp.gt.u32 %p42,%r221,2139095040;
shr.u32 %r222,%r35,16;
and.b32 %r223,%r222,1;
add.s32 %r224,%r35,%r223;
add.s32 %r225,%r224,32767;
or.b32 %r226,%r35,4194304;
selp.b32 %r227,%r226,%r225,%p42;
and.b32 %r228,%r36,2147483647;
setp.gt.u32 %p43,%r228,2139095040;
shr.u32 %r229,%r36,16;
and.b32 %r230,%r229,1;
add.s32 %r231,%r36,%r230;
add.s32 %r232,%r231,32767;
or.b32 %r233,%r36,4194304;
selp.b32 %r234,%r233,%r232,%p43;
prmt.b32 %r278,%r227,%r234,%r220;
and.b32 %r235,%r37,2147483647;
setp.gt.u32 %p44,%r235,2139095040;
shr.u32 %r236,%r37,16;
and.b32 %r237,%r236,1;
add.s32 %r238,%r37,%r237;
add.s32 %r239,%r238,32767;
or.b32 %r240,%r37,4194304;
selp.b32 %r241,%r240,%r239,%p44;
and.b32 %r242,%r38,2147483647;
setp.gt.u32 %p45,%r242,2139095040;
shr.u32 %r243,%r38,16;
and.b32 %r244,%r243,1;
add.s32 %r245,%r38,%r244;
add.s32 %r246,%r245,32767;
or.b32 %r247,%r38,4194304;
selp.b32 %r248,%r247,%r246,%p45;
prmt.b32 %r279,%r241,%r248,%r220;
and.b32 %r249,%r39,2147483647;
setp.gt.u32 %p46,%r249,2139095040;
shr.u32 %r250,%r39,16;
and.b32 %r251,%r250,1;
add.s32 %r252,%r39,%r251;
add.s32 %r253,%r252,32767;
or.b32 %r254,%r39,4194304;
selp.b32 %r255,%r254,%r253,%p46;
and.b32 %r256,%r40,2147483647;
setp.gt.u32 %p47,%r256,2139095040;
shr.u32 %r257,%r40,16;
and.b32 %r258,%r257,1;
add.s32 %r259,%r40,%r258;
add.s32 %r260,%r259,32767;
or.b32 %r261,%r40,4194304;
selp.b32 %r262,%r261,%r260,%p47;
prmt.b32 %r280,%r255,%r262,%r220;
$L__BB0_47:
selp.b64 %rd106,4,2,%p20;
mul.lo.s64 %rd107,%rd118,%rd106;
shl.b64 %rd108,%rd107,13;
cvta.to.global.u64 %rd109,%rd12;
add.s64 %rd110,%rd109,%rd108;
mul.wide.u32 %rd111,%r275,2;
add.s64 %rd8,%rd110,%rd111;
and.b64 %rd112,%rd12,15;
setp.eq.s64 %p49,%rd112,0;
setp.eq.s32 %p50,%r4,8192;
and.pred %p51,%p49,%p50;
@%p51 bra $L__BB0_64;
bra.uni $L__BB0_48;
$L__BB0_64:
st.global.v4.u32 [%rd8], {%r277,%r278,%r279,%r280};
bra.uni $L__BB0_65;
$L__BB0_48:
setp.eq.s32 %p52,%r41,0;
@%p52 bra $L__BB0_50;
st.global.u16 [%rd8],%r277;
$L__BB0_50:
setp.lt.u32 %p53,%r41,2;
@%p53 bra $L__BB0_52;
shr.u32 %r263,%r277,16;
st.global.u16 [%rd8+2],%r263;
$L__BB0_52:
setp.lt.u32 %p54,%r41,3;
@%p54 bra $L__BB0_54;
st.global.u16 [%rd8+4],%r278;
$L__BB0_54:
setp.lt.u32 %p55,%r41,4;
@%p55 bra $L__BB0_56;
shr.u32 %r264,%r278,16;
st.global.u16 [%rd8+6],%r264;
$L__BB0_56:
setp.lt.u32 %p56,%r41,5;
@%p56 bra $L__BB0_58;
st.global.u16 [%rd8+8],%r279;
$L__BB0_58:
setp.lt.u32 %p57,%r41,6;
@%p57 bra $L__BB0_60;
shr.u32 %r265,%r279,16;
st.global.u16 [%rd8+10],%r265;
$L__BB0_60:
setp.lt.u32 %p58,%r41,7;
@%p58 bra $L__BB0_62;
st.global.u16 [%rd8+12],%r280;
$L__BB0_62:
setp.lt.u32 %p59,%r41,8;
@%p59 bra $L__BB0_65;
shr.u32 %r266,%r280,16;
st.global.u16 [%rd8+14],%r266;
bra.uni $L__BB0_65;
$L__BB0_29:
setp.eq.s32 %p25,%r41,0;
selp.b64 %rd91,4,2,%p20;
mul.lo.s64 %rd92,%rd118,%rd91;
shl.b64 %rd93,%rd92,13;
cvta.to.global.u64 %rd94,%rd12;
add.s64 %rd95,%rd94,%rd93;
shl.b64 %rd96,%rd6,2;
add.s64 %rd7,%rd95,%rd96;
@%p25 bra $L__BB0_31;
st.global.f32 [%rd7],%f19;
$L__BB0_31:
setp.lt.u32 %p27,%r41,2;
@%p27 bra $L__BB0_33;
st.global.f32 [%rd7+4],%f25;
$L__BB0_33:
setp.lt.u32 %p28,%r41,3;
@%p28 bra $L__BB0_35;
st.global.f32 [%rd7+8],%f31;
$L__BB0_35:
setp.lt.u32 %p29,%r41,4;
@%p29 bra $L__BB0_37;
st.global.f32 [%rd7+12],%f37;
$L__BB0_37:
setp.lt.u32 %p30,%r41,5;
@%p30 bra $L__BB0_39;
st.global.f32 [%rd7+16],%f43;
$L__BB0_39:
setp.lt.u32 %p31,%r41,6;
@%p31 bra $L__BB0_41;
st.global.f32 [%rd7+20],%f49;
$L__BB0_41:
setp.lt.u32 %p32,%r41,7;
@%p32 bra $L__BB0_43;
st.global.f32 [%rd7+24],%f55;
$L__BB0_43:
setp.lt.u32 %p33,%r41,8;
@%p33 bra $L__BB0_65;
st.global.f32 [%rd7+28],%f61;
$L__BB0_65:
add.s32 %r276,%r276,256;
shl.b32 %r275,%r276,3;
setp.lt.u32 %p60,%r275,%r4;
@%p60 bra $L__BB0_25;
$L__BB0_66:
bar.sync 0;
mov.u32 %r267,%nctaid.x;
cvt.u64.u32 %rd113,%r267;
add.s64 %rd118,%rd118,%rd113;
setp.lt.u64 %p62,%rd118,%rd16;
@%p62 bra $L__BB0_5;
$L__BB0_67:
ret;
}
)ptx"},
{tensor_type::iq3_xxs, R"ptx(.version 8.0
.target sm_70
.address_size 64
.global .align 4 .b8 _ZN45_4cria2v03gpu7kernels6detail12iq3_xxs_gridE[1024] = {4,4,4,4,20,4,4,4,36,4,4,4,12,12,4,4,28,12,4,4,62,12,4,4,4,20,4,4,20,20,4,4,12,28,4,4,20,36,4,4,28,62,4,4,44,62,4,4,12,4,12,4,28,4,12,4,4,12,12,4,20,12,12,4,12,20,12,4,44,20,12,4,4,28,12,4,20,28,12,4,12,36,12,4,36,44,12,4,4,62,12,4,4,4,20,4,20,4,20,4,36,4,20,4,12,12,20,4,4,20,20,4,20,20,20,4,12,28,20,4,28,28,20,4,62,28,20,4,12,44,20,4,62,44,20,4,44,62,20,4,12,4,28,4,62,4,28,4,4,12,28,4,20,12,28,4,44,20,28,4,4,62,28,4,28,12,36,4,62,28,36,4,36,36,36,4,62,44,36,4,28,62,36,4,44,62,36,4,12,4,44,4,62,4,44,4,20,28,44,4,20,44,44,4,44,28,52,4,36,52,52,4,4,12,62,4,36,12,62,4,52,12,62,4,28,36,62,4,12,52,62,4,12,4,4,12,28,4,4,12,4,12,4,12,20,12,4,12,12,20,4,12,28,20,4,12,4,28,4,12,20,28,4,12,36,28,4,12,62,36,4,12,4,44,4,12,4,4,12,12,20,4,12,12,12,12,12,12,4,20,12,12,20,20,12,12,12,4,20,12,28,4,20,12,4,12,20,12,20,12,20,12,12,20,20,12,4,28,20,12,20,62,20,12,4,4,28,12,20,4,28,12,4,20,28,12,12,28,28,12,52,36,28,12,52,52,28,12,12,4,36,12,44,4,36,12,4,44,36,12,4,20,44,12,36,20,44,12,52,36,44,12,12,62,44,12,44,4,52,12,20,20,62,12,4,36,62,12,4,4,4,20,20,4,4,20,12,12,4,20,28,12,4,20,4,20,4,20,20,20,4,20,52,20,4,20,12,28,4,20,20,36,4,20,12,4,12,20,28,4,12,20,44,4,12,20,4,12,12,20,20,12,12,20,12,20,12,20,4,28,12,20,28,52,12,20,62,52,12,20,4,62,12,20,4,4,20,20,20,4,20,20,12,12,20,20,62,12,20,20,4,20,20,20,20,20,20,20,62,28,20,20,4,36,20,20,44,44,20,20,12,4,28,20,4,12,28,20,36,12,28,20,4,62,28,20,36,62,28,20,44,28,36,20,28,44,36,20,28,4,44,20,62,20,44,20,12,36,44,20,36,62,44,20,12,4,62,20,28,4,62,20,52,12,62,20,44,36,62,20,12,4,4,28,4,12,4,28,20,12,4,28,12,20,4,28,28,20,4,28,4,44,4,28,44,52,4,28,20,62,4,28,4,4,12,28,20,4,12,28,4,20,12,28,12,28,12,28,36,36,12,28,52,36,12,28,12,4,20,28,28,4,20,28,4,12,20,28,44,20,20,28,20,44,20,28,20,62,20,28,12,12,28,28,28,28,28,28,4,28,36,28,62,36,36,28,20,62,36,28,4,4,44,28,52,4,44,28,20,20,44,28,44,44,44,28,36,12,52,28,52,28,52,28,28,52,52,28,28,28,62,28,4,52,62,28,36,4,4,36,62,12,4,36,44,28,4,36,62,28,4,36,28,44,4,36,62,44,4,36,36,62,12,36,4,20,20,36,62,28,20,36,4,36,20,36,4,52,20,36,52,52,20,36,62,4,28,36,44,36,28,36,36,4,36,36,12,44,36,36,36,52,36,36,44,20,44,36,28,36,44,36,4,62,44,36,44,4,62,36,4,12,62,36,20,12,62,36,4,28,62,36,20,12,4,44,12,36,4,44,4,62,4,44,4,4,12,44,52,4,12,44,52,20,12,44,44,44,12,44,36,12,20,44,20,28,20,44,20,62,20,44,20,4,28,44,28,44,28,44,4,12,36,44,28,20,36,44,62,20,36,44,20,62,36,44,20,4,44,44,12,28,44,44,4,44,52,44,36,20,62,44,20,36,62,44,36,20,4,52,36,36,4,52,52,36,4,52,36,52,4,52,12,20,12,52,12,52,12,52,62,12,20,52,36,52,20,52,4,28,28,52,52,28,28,52,36,36,36,52,44,4,44,52,20,44,44,52,28,28,52,52,28,4,62,52,12,20,62,52,28,4,4,62,44,4,4,62,62,4,4,62,4,12,4,62,20,28,4,62,20,44,4,62,52,20,12,62,4,36,12,62,20,12,20,62,44,36,20,62,20,44,20,62,4,4,28,62,44,12,28,62,28,28,28,62,4,52,28,62,12,20,36,62,12,36,36,62,4,4,44,62,20,4,44,62,36,20,44,62,4,28,52,62};
.visible .entry cria_dequantize_iq3_xxs(
.param .u64 cria_dequantize_iq3_xxs_param_0,
.param .u64 cria_dequantize_iq3_xxs_param_1,
.param .u64 cria_dequantize_iq3_xxs_param_2,
.param .u32 cria_dequantize_iq3_xxs_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<58>;
.reg .b16 %rs<8>;
.reg .f32 %f<85>;
.reg .b32 %r<282>;
.reg .b64 %rd<107>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq3_xxsEEEvPKhyPhjE4tile[3152];
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq3_xxsEEEvPKhyPhjE4grid[1024];
ld.param.u64 %rd13, [cria_dequantize_iq3_xxs_param_0];
ld.param.u64 %rd14, [cria_dequantize_iq3_xxs_param_1];
ld.param.u64 %rd15, [cria_dequantize_iq3_xxs_param_2];
ld.param.u32 %r57, [cria_dequantize_iq3_xxs_param_3];
shr.u64 %rd16,%rd14,13;
and.b64 %rd17,%rd14,8191;
setp.ne.s64 %p2,%rd17,0;
selp.u64 %rd18,1,0,%p2;
add.s64 %rd19,%rd16,%rd18;
mov.u32 %r58,%ctaid.x;
cvt.u64.u32 %rd106,%r58;
setp.le.u64 %p3,%rd19,%rd106;
@%p3 bra $L__BB0_67;
mov.u32 %r1,%tid.x;
setp.gt.u32 %p4,%r1,255;
@%p4 bra $L__BB0_4;
mov.u64 %rd21, _ZN45_4cria2v03gpu7kernels6detail12iq3_xxs_gridE;
mov.u64 %rd23, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq3_xxsEEEvPKhyPhjE4grid;
mov.u32 %r269,%r1;
$L__BB0_3:
mul.wide.u32 %rd20,%r269,4;
add.s64 %rd22,%rd21,%rd20;
ld.global.nc.u32 %r59, [%rd22];
add.s64 %rd24,%rd23,%rd20;
st.shared.u32 [%rd24],%r59;
add.s32 %r3,%r269,256;
setp.gt.u32 %p5,%r269, -257;
mov.u32 %r269,%r3;
@%p5 bra $L__BB0_3;
$L__BB0_4:
and.b32 %r4,%r1,1;
shl.b32 %r60,%r1,2;
and.b32 %r61,%r60,4;
neg.s32 %r62,%r61;
cvt.s64.s32 %rd2,%r62;
$L__BB0_5:
shl.b64 %rd4,%rd106,13;
sub.s64 %rd25,%rd14,%rd4;
min.u64 %rd26,%rd25,8192;
cvt.u32.u64 %r5,%rd26;
mul.lo.s64 %rd5,%rd106,3136;
add.s64 %rd6,%rd13,%rd5;
mul.lo.s32 %r6,%r5,98;
shr.u32 %r7,%r6,8;
and.b64 %rd27,%rd6,15;
setp.eq.s64 %p6,%rd27,0;
@%p6 bra $L__BB0_17;
cvt.u32.u64 %r63,%rd6;
and.b32 %r8,%r63,3;
add.s32 %r64,%r7,%r8;
setp.lt.u32 %p7,%r64,8;
add.s32 %r65,%r64, -4;
shr.u32 %r66,%r65,2;
selp.b32 %r9,1,%r66,%p7;
mov.u32 %r67,%tid.x;
add.s32 %r270,%r67,1;
setp.ge.u32 %p8,%r270,%r9;
@%p8 bra $L__BB0_14;
cvt.u64.u32 %rd28,%r8;
sub.s64 %rd29,%rd5,%rd28;
add.s64 %rd7,%rd13,%rd29;
shl.b32 %r10,%r8,3;
mov.u32 %r70, -2;
sub.s32 %r71,%r70,%r67;
add.s32 %r11,%r71,%r9;
shr.u32 %r72,%r11,8;
add.s32 %r73,%r72,1;
and.b32 %r12,%r73,3;
setp.eq.s32 %p9,%r12,0;
@%p9 bra $L__BB0_11;
add.s32 %r81,%r67,1;
mul.wide.u32 %rd32,%r81,4;
add.s64 %rd30,%rd7,%rd32;
ld.global.nc.u32 %r74, [%rd30];
add.s64 %rd31,%rd30,4;
ld.global.nc.u32 %r75, [%rd31];
shf.r.wrap.b32 %r76,%r74,%r75,%r10;
mov.u64 %rd33, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq3_xxsEEEvPKhyPhjE4tile;
add.s64 %rd34,%rd33,%rd32;
st.shared.u32 [%rd34],%r76;
add.s32 %r270,%r67,257;
setp.eq.s32 %p10,%r12,1;
@%p10 bra $L__BB0_11;
add.s32 %r89,%r67,257;
mul.wide.u32 %rd37,%r89,4;
add.s64 %rd35,%rd7,%rd37;
ld.global.nc.u32 %r82, [%rd35];
add.s64 %rd36,%rd35,4;
ld.global.nc.u32 %r83, [%rd36];
shf.r.wrap.b32 %r84,%r82,%r83,%r10;
add.s64 %rd39,%rd33,%rd37;
st.shared.u32 [%rd39],%r84;
add.s32 %r270,%r67,513;
setp.eq.s32 %p11,%r12,2;
@%p11 bra $L__BB0_11;
add.s32 %r97,%r67,513;
mul.wide.u32 %rd42,%r97,4;
add.s64 %rd40,%rd7,%rd42;
ld.global.nc.u32 %r90, [%rd40];
add.s64 %rd41,%rd40,4;
ld.global.nc.u32 %r91, [%rd41];
shf.r.wrap.b32 %r92,%r90,%r91,%r10;
add.s64 %rd44,%rd33,%rd42;
st.shared.u32 [%rd44],%r92;
add.s32 %r270,%r67,769;
$L__BB0_11:
setp.lt.u32 %p12,%r11,768;
@%p12 bra $L__BB0_14;
$L__BB0_13:
.pragma "nounroll";
mul.wide.u32 %rd53,%r270,4;
add.s64 %rd45,%rd7,%rd53;
ld.global.nc.u32 %r98, [%rd45];
add.s64 %rd46,%rd45,4;
ld.global.nc.u32 %r99, [%rd46];
shf.r.wrap.b32 %r100,%r98,%r99,%r10;
mov.u64 %rd54, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq3_xxsEEEvPKhyPhjE4tile;
add.s64 %rd55,%rd54,%rd53;
st.shared.u32 [%rd55],%r100;
add.s32 %r122,%r270,256;
mul.wide.u32 %rd56,%r122,4;
add.s64 %rd47,%rd7,%rd56;
ld.global.nc.u32 %r104, [%rd47];
add.s64 %rd48,%rd47,4;
ld.global.nc.u32 %r105, [%rd48];
shf.r.wrap.b32 %r106,%r104,%r105,%r10;
add.s64 %rd57,%rd54,%rd56;
st.shared.u32 [%rd57],%r106;
add.s32 %r123,%r270,512;
mul.wide.u32 %rd58,%r123,4;
add.s64 %rd49,%rd7,%rd58;
ld.global.nc.u32 %r110, [%rd49];
add.s64 %rd50,%rd49,4;
ld.global.nc.u32 %r111, [%rd50];
shf.r.wrap.b32 %r112,%r110,%r111,%r10;
add.s64 %rd59,%rd54,%rd58;
st.shared.u32 [%rd59],%r112;
add.s32 %r124,%r270,768;
mul.wide.u32 %rd60,%r124,4;
add.s64 %rd51,%rd7,%rd60;
ld.global.nc.u32 %r116, [%rd51];
add.s64 %rd52,%rd51,4;
ld.global.nc.u32 %r117, [%rd52];
shf.r.wrap.b32 %r118,%r116,%r117,%r10;
add.s64 %rd61,%rd54,%rd60;
st.shared.u32 [%rd61],%r118;
add.s32 %r270,%r270,1024;
setp.lt.u32 %p13,%r270,%r9;
@%p13 bra $L__BB0_13;
$L__BB0_14:
setp.gt.u32 %p14,%r67,15;
@%p14 bra $L__BB0_23;
setp.lt.u32 %p15,%r67,4;
shl.b32 %r127,%r9,2;
add.s32 %r128,%r67,%r127;
add.s32 %r129,%r128, -4;
selp.b32 %r20,%r67,%r129,%p15;
setp.ge.u32 %p16,%r20,%r7;
@%p16 bra $L__BB0_23;
cvt.u64.u32 %rd62,%r20;
add.s64 %rd63,%rd5,%rd62;
cvta.to.global.u64 %rd64,%rd13;
add.s64 %rd65,%rd64,%rd63;
ld.global.u8 %rs1, [%rd65];
mov.u64 %rd66, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq3_xxsEEEvPKhyPhjE4tile;
add.s64 %rd67,%rd66,%rd62;
st.shared.u8 [%rd67],%rs1;
bra.uni $L__BB0_23;
$L__BB0_17:
shr.u32 %r21,%r6,12;
mov.u32 %r131,%tid.x;
setp.ge.u32 %p17,%r131,%r21;
@%p17 bra $L__BB0_19;
mul.wide.u32 %rd69,%r131,16;
add.s64 %rd68,%rd6,%rd69;
ld.global.nc.v4.u32 {%r275,%r274,%r273,%r272}, [%rd68];
$L__BB0_19:
@%p17 bra $L__BB0_21;
mul.wide.u32 %rd70,%r131,16;
mov.u64 %rd71, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq3_xxsEEEvPKhyPhjE4tile;
add.s64 %rd72,%rd71,%rd70;
st.shared.v4.u32 [%rd72], {%r275,%r274,%r273,%r272};
$L__BB0_21:
and.b32 %r139,%r7,15;
setp.ge.u32 %p19,%r131,%r139;
@%p19 bra $L__BB0_23;
and.b32 %r141,%r7,8176;
add.s32 %r143,%r141,%r131;
cvt.u64.u32 %rd73,%r143;
add.s64 %rd74,%rd5,%rd73;
cvta.to.global.u64 %rd75,%rd13;
add.s64 %rd76,%rd75,%rd74;
ld.global.u8 %rs2, [%rd76];
mov.u64 %rd77, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq3_xxsEEEvPKhyPhjE4tile;
add.s64 %rd78,%rd77,%rd73;
st.shared.u8 [%rd78],%rs2;
$L__BB0_23:
and.b64 %rd79,%rd15,15;
setp.eq.s64 %p20,%rd79,0;
bar.sync 0;
setp.eq.s32 %p21,%r5,8192;
and.pred %p1,%p20,%p21;
mov.u32 %r277,%tid.x;
shl.b32 %r276,%r277,3;
setp.ge.u32 %p22,%r276,%r5;
@%p22 bra $L__BB0_66;
cvta.to.global.u64 %rd80,%rd15;
setp.eq.s32 %p23,%r57,0;
selp.b64 %rd81,4,2,%p23;
mul.lo.s64 %rd82,%rd4,%rd81;
add.s64 %rd8,%rd80,%rd82;
$L__BB0_25:
.pragma "nounroll";
shr.u32 %r146,%r277,5;
mul.lo.s32 %r147,%r146,98;
cvt.u64.u32 %rd83,%r147;
mov.u64 %rd84, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq3_xxsEEEvPKhyPhjE4tile;
add.s64 %rd85,%rd84,%rd83;
and.b32 %r148,%r277,28;
cvt.u64.u32 %rd86,%r148;
add.s64 %rd87,%rd85,%rd86;
ld.shared.u16 %rs4, [%rd87+66];
ld.shared.u16 %rs5, [%rd87+68];
cvt.u32.u16 %r149,%rs5;
mov.b32 %r150, {%rs4,%rs5};
shl.b32 %r151,%r277,1;
and.b32 %r152,%r151,62;
cvt.u64.u32 %rd88,%r152;
add.s64 %rd89,%rd85,%rd88;
ld.shared.u16 %rs6, [%rd89+2];
cvt.u32.u16 %r153,%rs6;
shl.b16 %rs7,%rs6,2;
cvt.u64.u16 %rd90,%rs7;
and.b64 %rd91,%rd90,1020;
mov.u64 %rd92, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format7iq3_xxsEEEvPKhyPhjE4grid;
add.s64 %rd93,%rd92,%rd91;
ld.shared.u32 %r154, [%rd93];
shr.u32 %r155,%r153,8;
mul.wide.u32 %rd94,%r155,4;
add.s64 %rd95,%rd92,%rd94;
ld.shared.u32 %r156, [%rd95];
and.b32 %r157,%r277,3;
mul.lo.s32 %r158,%r157,7;
shr.u32 %r159,%r150,%r158;
and.b32 %r160,%r159,127;
popc.b32 %r161,%r160;
bfi.b32 %r162,%r161,%r160,7,25;
ld.shared.u16 %rs3, [%rd85];
cvt.f32.f16 %f9,%rs3;
shr.u32 %r163,%r149,12;
cvt.rn.f32.s32 %f64,%r163;
add.rn.f32 %f12,%f64,0f3F000000;
mov.f32 %f15,0f3F000000;
mul.rn.f32 %f10,%f9,%f12;
mul.rn.f32 %f13,%f10,%f15;
and.b32 %r164,%r159,15;
mul.lo.s32 %r165,%r164,2113665;
and.b32 %r166,%r165,16843009;
mul.lo.s32 %r167,%r166,255;
xor.b32 %r168,%r167,%r154;
add.s32 %r169,%r168,%r166;
shr.u32 %r170,%r162,4;
and.b32 %r171,%r170,15;
mul.lo.s32 %r172,%r171,2113665;
and.b32 %r173,%r172,16843009;
mul.lo.s32 %r174,%r173,255;
xor.b32 %r175,%r174,%r156;
add.s32 %r176,%r175,%r173;
xor.b32 %r177,%r169, -2139062144;
mov.u32 %r178,30288;
mov.u32 %r179,1258291200;
prmt.b32 %r180,%r177,%r179,%r178;
mov.b32 %f17,%r180;
mov.f32 %f60,0f4B000080;
sub.rn.f32 %f16,%f17,%f60;
mul.rn.f32 %f19,%f16,%f13;
mov.b32 %r34,%f19;
mov.u32 %r181,30289;
prmt.b32 %r182,%r177,%r179,%r181;
mov.b32 %f23,%r182;
sub.rn.f32 %f22,%f23,%f60;
mul.rn.f32 %f25,%f22,%f13;
mov.b32 %r35,%f25;
mov.u32 %r183,30290;
prmt.b32 %r184,%r177,%r179,%r183;
mov.b32 %f29,%r184;
sub.rn.f32 %f28,%f29,%f60;
mul.rn.f32 %f31,%f28,%f13;
mov.b32 %r36,%f31;
mov.u32 %r185,30291;
prmt.b32 %r186,%r177,%r179,%r185;
mov.b32 %f35,%r186;
sub.rn.f32 %f34,%f35,%f60;
mul.rn.f32 %f37,%f34,%f13;
mov.b32 %r37,%f37;
xor.b32 %r187,%r176, -2139062144;
prmt.b32 %r188,%r187,%r179,%r178;
mov.b32 %f41,%r188;
sub.rn.f32 %f40,%f41,%f60;
mul.rn.f32 %f43,%f40,%f13;
mov.b32 %r38,%f43;
prmt.b32 %r189,%r187,%r179,%r181;
mov.b32 %f47,%r189;
sub.rn.f32 %f46,%f47,%f60;
mul.rn.f32 %f49,%f46,%f13;
mov.b32 %r39,%f49;
prmt.b32 %r190,%r187,%r179,%r183;
mov.b32 %f53,%r190;
sub.rn.f32 %f52,%f53,%f60;
mul.rn.f32 %f55,%f52,%f13;
mov.b32 %r40,%f55;
prmt.b32 %r191,%r187,%r179,%r185;
mov.b32 %f59,%r191;
sub.rn.f32 %f58,%f59,%f60;
mul.rn.f32 %f61,%f58,%f13;
mov.b32 %r41,%f61;
sub.s32 %r42,%r5,%r276;
@%p23 bra $L__BB0_28;
setp.ne.s32 %p25,%r57,1;
@%p25 bra $L__BB0_46;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f19;
cvt.rn.f16.f32 upper,%f25;
mov.b32 %r278, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f31;
cvt.rn.f16.f32 upper,%f37;
mov.b32 %r279, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f43;
cvt.rn.f16.f32 upper,%f49;
mov.b32 %r280, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f55;
cvt.rn.f16.f32 upper,%f61;
mov.b32 %r281, {lower, upper};
}
bra.uni $L__BB0_47;
$L__BB0_28:
cvt.u64.u32 %rd9,%r276;
@%p1 bra $L__BB0_45;
bra.uni $L__BB0_29;
$L__BB0_45:
setp.ne.s32 %p34,%r4,0;
selp.b32 %r196,%r34,%r38,%p34;
mov.u32 %r197,31;
mov.u32 %r198,1;
mov.u32 %r199, -1;
shfl.sync.bfly.b32 %r200|%p35,%r196,%r198,%r197,%r199;
mov.b32 %f73,%r200;
selp.b32 %r201,%r35,%r39,%p34;
shfl.sync.bfly.b32 %r202|%p36,%r201,%r198,%r197,%r199;
mov.b32 %f74,%r202;
selp.b32 %r203,%r36,%r40,%p34;
shfl.sync.bfly.b32 %r204|%p37,%r203,%r198,%r197,%r199;
mov.b32 %f75,%r204;
selp.b32 %r205,%r37,%r41,%p34;
shfl.sync.bfly.b32 %r206|%p38,%r205,%r198,%r197,%r199;
mov.b32 %f76,%r206;
add.s64 %rd97,%rd9,%rd2;
shl.b64 %rd98,%rd97,2;
add.s64 %rd99,%rd8,%rd98;
selp.f32 %f77,%f73,%f19,%p34;
selp.f32 %f78,%f74,%f25,%p34;
selp.f32 %f79,%f75,%f31,%p34;
selp.f32 %f80,%f76,%f37,%p34;
st.global.v4.f32 [%rd99], {%f77,%f78,%f79,%f80};
selp.f32 %f81,%f43,%f73,%p34;
selp.f32 %f82,%f49,%f74,%p34;
selp.f32 %f83,%f55,%f75,%p34;
selp.f32 %f84,%f61,%f76,%p34;
st.global.v4.f32 [%rd99+32], {%f81,%f82,%f83,%f84};
bra.uni $L__BB0_65;
$L__BB0_46:
and.b32 %r207,%r34,2147483647;
setp.gt.u32 %p39,%r207,2139095040;
shr.u32 %r208,%r34,16;
and.b32 %r209,%r208,1;
add.s32 %r210,%r34,%r209;
add.s32 %r211,%r210,32767;
or.b32 %r212,%r34,4194304;
selp.b32 %r213,%r212,%r211,%p39;
and.b32 %r214,%r35,2147483647;
setp.gt.u32 %p40,%r214,2139095040;
shr.u32 %r215,%r35,16;
and.b32 %r216,%r215,1;
add.s32 %r217,%r35,%r216;
add.s32 %r218,%r217,32767;
or.b32 %r219,%r35,4194304;
selp.b32 %r220,%r219,%r218,%p40;
mov.u32 %r221,30258;
prmt.b32 %r278,%r213,%r220,%r221;
and.b32 %r222,%r36,2147483647;
setp.gt.u32 %p41,%r222,2139095040;
shr.u32 %r223,%r36,16;
and.b32 %r224,%r223,1;
add.s32 %r225,%r36,%r224;
add.s32 %r226,%r225,32767;
or.b32 %r227,%r36,4194304;
selp.b32 %r228,%r227,%r226,%p41;
and.b32 %r229,%r37,2147483647;
setp.gt.u32 %p42,%r229,2139095040;
shr.u32 %r230,%r37,16;
and.b32 %r231,%r230,1;
add.s32 %r232,%r37,%r231;
add.s32 %r233,%r232,32767;
or.b32 %r234,%r37,4194304;
selp.b32 %r235,%r234,%r233,%p42;
prmt.b32 %r279,%r228,%r235,%r221;
and.b32 %r236,%r38,2147483647;
setp.gt.u32 %p43,%r236,2139095040;
shr.u32 %r237,%r38,16;
and.b32 %r238,%r237,1;
add.s32 %r239,%r38,%r238;
add.s32 %r240,%r239,32767;
or.b32 %r241,%r38,4194304;
selp.b32 %r242,%r241,%r240,%p43;
and.b32 %r243,%r39,2147483647;
setp.gt.u32 %p44,%r243,2139095040;
shr.u32 %r244,%r39,16;
and.b32 %r245,%r244,1;
add.s32 %r246,%r39,%r245;
add.s32 %r247,%r246,32767;
or.b32 %r248,%r39,4194304;
selp.b32 %r249,%r248,%r247,%p44;
prmt.b32 %r280,%r242,%r249,%r221;
and.b32 %r250,%r40,2147483647;
setp.gt.u32 %p45,%r250,2139095040;
shr.u32 %r251,%r40,16;
and.b32 %r252,%r251,1;
add.s32 %r253,%r40,%r252;
add.s32 %r254,%r253,32767;
or.b32 %r255,%r40,4194304;
selp.b32 %r256,%r255,%r254,%p45;
and.b32 %r257,%r41,2147483647;
setp.gt.u32 %p46,%r257,2139095040;
shr.u32 %r258,%r41,16;
and.b32 %r259,%r258,1;
add.s32 %r260,%r41,%r259;
add.s32 %r261,%r260,32767;
or.b32 %r262,%r41,4194304;
selp.b32 %r263,%r262,%r261,%p46;
prmt.b32 %r281,%r256,%r263,%r221;
$L__BB0_47:
mul.wide.u32 %rd100,%r276,2;
add.s64 %rd11,%rd8,%rd100;
@%p1 bra $L__BB0_64;
bra.uni $L__BB0_48;
$L__BB0_64:
st.global.v4.u32 [%rd11], {%r278,%r279,%r280,%r281};
bra.uni $L__BB0_65;
$L__BB0_48:
setp.eq.s32 %p47,%r42,0;
@%p47 bra $L__BB0_50;
st.global.u16 [%rd11],%r278;
$L__BB0_50:
setp.lt.u32 %p48,%r42,2;
@%p48 bra $L__BB0_52;
shr.u32 %r264,%r278,16;
st.global.u16 [%rd11+2],%r264;
$L__BB0_52:
setp.lt.u32 %p49,%r42,3;
@%p49 bra $L__BB0_54;
st.global.u16 [%rd11+4],%r279;
$L__BB0_54:
setp.lt.u32 %p50,%r42,4;
@%p50 bra $L__BB0_56;
shr.u32 %r265,%r279,16;
st.global.u16 [%rd11+6],%r265;
$L__BB0_56:
setp.lt.u32 %p51,%r42,5;
@%p51 bra $L__BB0_58;
st.global.u16 [%rd11+8],%r280;
$L__BB0_58:
setp.lt.u32 %p52,%r42,6;
@%p52 bra $L__BB0_60;
shr.u32 %r266,%r280,16;
st.global.u16 [%rd11+10],%r266;
$L__BB0_60:
setp.lt.u32 %p53,%r42,7;
@%p53 bra $L__BB0_62;
st.global.u16 [%rd11+12],%r281;
$L__BB0_62:
setp.lt.u32 %p54,%r42,8;
@%p54 bra $L__BB0_65;
shr.u32 %r267,%r281,16;
st.global.u16 [%rd11+14],%r267;
bra.uni $L__BB0_65;
$L__BB0_29:
setp.eq.s32 %p26,%r42,0;
shl.b64 %rd96,%rd9,2;
add.s64 %rd10,%rd8,%rd96;
@%p26 bra $L__BB0_31;
st.global.f32 [%rd10],%f19;
$L__BB0_31:
setp.lt.u32 %p27,%r42,2;
@%p27 bra $L__BB0_33;
st.global.f32 [%rd10+4],%f25;
$L__BB0_33:
setp.lt.u32 %p28,%r42,3;
@%p28 bra $L__BB0_35;
st.global.f32 [%rd10+8],%f31;
$L__BB0_35:
setp.lt.u32 %p29,%r42,4;
@%p29 bra $L__BB0_37;
st.global.f32 [%rd10+12],%f37;
$L__BB0_37:
setp.lt.u32 %p30,%r42,5;
@%p30 bra $L__BB0_39;
st.global.f32 [%rd10+16],%f43;
$L__BB0_39:
setp.lt.u32 %p31,%r42,6;
@%p31 bra $L__BB0_41;
st.global.f32 [%rd10+20],%f49;
$L__BB0_41:
setp.lt.u32 %p32,%r42,7;
@%p32 bra $L__BB0_43;
st.global.f32 [%rd10+24],%f55;
$L__BB0_43:
setp.lt.u32 %p33,%r42,8;
@%p33 bra $L__BB0_65;
st.global.f32 [%rd10+28],%f61;
$L__BB0_65:
add.s32 %r277,%r277,256;
shl.b32 %r276,%r277,3;
setp.lt.u32 %p55,%r276,%r5;
@%p55 bra $L__BB0_25;
$L__BB0_66:
bar.sync 0;
mov.u32 %r268,%nctaid.x;
cvt.u64.u32 %rd101,%r268;
add.s64 %rd106,%rd106,%rd101;
setp.lt.u64 %p57,%rd106,%rd19;
@%p57 bra $L__BB0_5;
$L__BB0_67:
ret;
}
)ptx"},
{tensor_type::iq3_s, R"ptx(.version 8.0
.target sm_70
.address_size 64
.global .align 4 .b8 _ZN45_4cria2v03gpu7kernels6detail10iq3_s_gridE[2048] = {1,1,1,1,3,1,1,1,5,1,1,1,11,1,1,1,15,1,1,1,1,3,1,1,3,3,1,1,5,3,1,1,9,3,1,1,13,3,1,1,1,5,1,1,3,5,1,1,11,5,1,1,7,7,1,1,1,9,1,1,5,9,1,1,11,9,1,1,15,9,1,1,3,11,1,1,7,11,1,1,1,13,1,1,5,13,1,1,3,15,1,1,9,15,1,1,15,15,1,1,1,1,3,1,3,1,3,1,5,1,3,1,9,1,3,1,1,3,3,1,3,3,3,1,11,3,3,1,1,5,3,1,7,5,3,1,15,5,3,1,3,7,3,1,11,7,3,1,9,9,3,1,3,13,3,1,11,13,3,1,5,15,3,1,1,1,5,1,3,1,5,1,11,1,5,1,15,1,5,1,1,3,5,1,7,3,5,1,13,3,5,1,3,5,5,1,11,5,5,1,1,7,5,1,9,7,5,1,5,9,5,1,11,9,5,1,15,9,5,1,3,11,5,1,7,11,5,1,1,15,5,1,7,15,5,1,7,1,7,1,3,3,7,1,11,3,7,1,1,5,7,1,5,5,7,1,3,7,7,1,7,7,7,1,13,7,7,1,9,9,7,1,1,11,7,1,5,11,7,1,15,13,7,1,3,15,7,1,11,15,7,1,1,1,9,1,7,3,9,1,15,3,9,1,3,5,9,1,9,5,9,1,5,7,9,1,1,9,9,1,7,9,9,1,3,11,9,1,1,15,9,1,5,1,11,1,9,1,11,1,1,5,11,1,5,5,11,1,13,5,11,1,7,7,11,1,3,9,11,1,11,9,11,1,15,9,11,1,13,13,11,1,7,15,11,1,13,1,13,1,3,3,13,1,7,3,13,1,3,7,13,1,5,11,13,1,3,15,13,1,1,1,15,1,5,1,15,1,9,1,15,1,1,5,15,1,5,5,15,1,13,5,15,1,7,7,15,1,1,11,15,1,9,11,15,1,1,1,1,3,3,1,1,3,5,1,1,3,9,1,1,3,1,3,1,3,3,3,1,3,7,3,1,3,11,3,1,3,15,3,1,3,1,5,1,3,5,5,1,3,3,7,1,3,9,7,1,3,13,7,1,3,9,11,1,3,13,11,1,3,3,13,1,3,5,15,1,3,1,1,3,3,3,1,3,3,7,1,3,3,13,1,3,3,1,3,3,3,9,3,3,3,3,5,3,3,1,7,3,3,7,7,3,3,3,9,3,3,1,11,3,3,5,11,3,3,1,15,3,3,13,15,3,3,1,1,5,3,5,3,5,3,11,3,5,3,15,3,5,3,1,5,5,3,9,5,5,3,5,7,5,3,1,9,5,3,7,9,5,3,11,11,5,3,1,13,5,3,5,15,5,3,3,1,7,3,9,1,7,3,15,1,7,3,1,3,7,3,7,3,7,3,3,5,7,3,15,5,7,3,1,7,7,3,9,7,7,3,3,9,7,3,5,13,7,3,1,15,7,3,7,1,9,3,11,1,9,3,5,3,9,3,9,3,9,3,3,7,9,3,7,7,9,3,5,9,9,3,13,9,9,3,1,11,9,3,9,11,9,3,3,1,11,3,1,3,11,3,7,3,11,3,3,5,11,3,1,7,11,3,5,7,11,3,3,11,11,3,1,5,13,3,9,5,13,3,15,5,13,3,9,9,13,3,13,9,13,3,3,1,15,3,7,1,15,3,1,3,15,3,5,3,15,3,3,5,15,3,11,7,15,3,3,9,15,3,5,13,15,3,1,15,15,3,1,1,1,5,3,1,1,5,7,1,1,5,11,1,1,5,15,1,1,5,1,3,1,5,5,3,1,5,9,3,1,5,13,3,1,5,3,5,1,5,7,5,1,5,15,5,1,5,1,7,1,5,5,7,1,5,3,9,1,5,7,9,1,5,11,9,1,5,1,11,1,5,5,11,1,5,15,13,1,5,1,15,1,5,7,15,1,5,11,15,1,5,1,1,3,5,5,1,3,5,1,3,3,5,7,3,3,5,15,3,3,5,5,5,3,5,11,5,3,5,3,7,3,5,9,7,3,5,5,9,3,5,3,11,3,5,3,1,5,5,9,1,5,5,15,1,5,5,3,5,5,5,7,5,5,5,1,7,5,5,15,7,5,5,3,9,5,5,7,11,5,5,15,11,5,5,3,15,5,5,9,15,5,5,1,1,7,5,5,1,7,5,11,1,7,5,3,3,7,5,5,5,7,5,9,5,7,5,3,7,7,5,7,7,7,5,5,9,7,5,1,11,7,5,13,13,7,5,3,1,9,5,15,1,9,5,1,5,9,5,7,5,9,5,5,7,9,5,11,7,9,5,3,9,9,5,5,15,9,5,11,15,9,5,9,1,11,5,3,3,11,5,5,5,11,5,15,7,11,5,1,9,11,5,7,11,11,5,1,15,11,5,1,1,13,5,5,1,13,5,15,1,13,5,3,5,13,5,11,11,13,5,3,13,13,5,11,1,15,5,3,3,15,5,13,5,15,5,1,7,15,5,7,9,15,5,1,11,15,5,5,1,1,7,3,3,1,7,7,3,1,7,11,3,1,7,15,3,1,7,5,5,1,7,3,7,1,7,7,7,1,7,11,7,1,7,5,9,1,7,9,9,1,7,15,9,1,7,3,11,1,7,7,13,1,7,3,15,1,7,3,1,3,7,7,1,3,7,11,1,3,7,9,3,3,7,3,5,3,7,7,5,3,7,1,9,3,7,1,13,3,7,5,15,3,7,13,15,3,7,1,1,5,7,5,3,5,7,1,5,5,7,5,7,5,7,9,7,5,7,1,11,5,7,3,1,7,7,1,3,7,7,9,3,7,7,3,5,7,7,7,5,7,7,15,5,7,7,1,7,7,7,3,9,7,7,7,9,7,7,15,9,7,7,11,11,7,7,7,15,7,7,7,1,9,7,3,3,9,7,13,3,9,7,5,5,9,7,3,7,9,7,5,11,9,7,1,13,9,7,9,13,9,7,3,1,11,7,1,3,11,7,5,3,11,7,11,5,11,7,5,7,11,7,9,9,11,7,13,11,11,7,7,15,11,7,13,3,13,7,3,9,13,7,3,1,15,7,7,1,15,7,1,5,15,7,5,5,15,7,11,7,15,7,1,1,1,9,9,1,1,9,5,3,1,9,1,5,1,9,9,5,1,9,15,5,1,9,5,7,1,9,3,9,1,9,1,11,1,9,1,15,1,9,5,1,3,9,15,1,3,9,3,3,3,9,7,3,3,9,5,5,3,9,1,7,3,9,11,7,3,9,7,9,3,9,3,11,3,9,11,11,3,9,3,1,5,9,7,1,5,9,1,3,5,9,11,3,5,9,3,5,5,9,7,7,5,9,1,9,5,9,15,11,5,9,5,13,5,9,1,15,5,9,9,1,7,9,3,3,7,9,7,3,7,9,1,5,7,9,5,5,7,9,3,7,7,9,11,7,7,9,1,1,9,9,5,1,9,9,9,5,9,9,15,7,9,9,1,9,9,9,3,15,9,9,11,1,11,9,15,1,11,9,3,5,11,9,5,13,11,9,7,3,13,9,9,7,13,9,1,13,13,9,1,3,15,9,11,3,15,9,1,7,15,9,7,9,15,9,3,11,15,9,5,1,1,11,1,3,1,11,9,3,1,11,5,5,1,11,1,9,1,11,9,9,1,11,15,9,1,11,5,11,1,11,13,13,1,11,9,15,1,11,3,1,3,11,7,1,3,11,11,1,3,11,5,3,3,11,3,5,3,11,5,7,3,11,5,15,3,11,1,1,5,11,3,3,5,11,7,5,5,11,1,7,5,11,13,7,5,11,7,11,5,11,5,1,7,11,15,1,7,11,1,3,7,11,15,5,7,11,9,9,7,11,3,11,7,11,11,13,7,11,7,15,7,11,3,1,9,11,9,1,9,11,1,5,9,11,5,7,9,11,13,9,9,11,5,3,11,11,13,5,11,11,3,11,11,11,7,11,11,11,5,9,13,11,5,1,15,11,9,1,15,11,5,5,15,11,3,3,1,13,7,3,1,13,11,3,1,13,3,7,1,13,7,7,1,13,1,13,1,13,1,1,3,13,1,5,3,13,15,5,3,13,9,13,3,13,5,3,5,13,9,7,5,13,5,9,5,13,11,11,5,13,5,13,5,13,1,15,5,13,1,1,7,13,9,3,7,13,3,5,7,13,1,9,7,13,11,5,9,13,7,9,9,13,5,13,9,13,1,1,11,13,7,1,11,13,9,7,11,13,1,13,11,13,11,1,13,13,1,9,13,13,3,3,15,13,7,3,15,13,1,1,1,15,9,1,1,15,15,1,1,15,1,5,1,15,5,5,1,15,13,7,1,15,1,9,1,15,9,11,1,15,5,13,1,15,5,1,3,15,3,3,3,15,9,5,3,15,7,9,3,15,11,9,3,15,3,1,5,15,9,1,5,15,1,3,5,15,13,3,5,15,3,5,5,15,1,7,5,15,3,11,5,15,5,1,7,15,5,7,7,15,11,7,7,15,7,11,7,15,3,1,9,15,11,1,9,15,7,3,9,15,1,5,9,15,1,11,9,15,5,5,11,15,5,9,11,15,5,1,13,15,3,7,13,15,1,1,15,15};
.visible .entry cria_dequantize_iq3_s(
.param .u64 cria_dequantize_iq3_s_param_0,
.param .u64 cria_dequantize_iq3_s_param_1,
.param .u64 cria_dequantize_iq3_s_param_2,
.param .u32 cria_dequantize_iq3_s_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<57>;
.reg .b16 %rs<4>;
.reg .f32 %f<81>;
.reg .b32 %r<291>;
.reg .b64 %rd<112>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq3_sEEEvPKhyPhjE4tile[3536];
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq3_sEEEvPKhyPhjE4grid[2048];
ld.param.u64 %rd15, [cria_dequantize_iq3_s_param_0];
ld.param.u64 %rd16, [cria_dequantize_iq3_s_param_1];
ld.param.u64 %rd17, [cria_dequantize_iq3_s_param_2];
ld.param.u32 %r57, [cria_dequantize_iq3_s_param_3];
shr.u64 %rd18,%rd16,13;
and.b64 %rd19,%rd16,8191;
setp.ne.s64 %p2,%rd19,0;
selp.u64 %rd20,1,0,%p2;
add.s64 %rd1,%rd18,%rd20;
mov.u32 %r58,%ctaid.x;
cvt.u64.u32 %rd111,%r58;
setp.le.u64 %p3,%rd1,%rd111;
@%p3 bra $L__BB0_67;
mov.u32 %r1,%tid.x;
setp.gt.u32 %p4,%r1,511;
@%p4 bra $L__BB0_4;
mov.u64 %rd22, _ZN45_4cria2v03gpu7kernels6detail10iq3_s_gridE;
mov.u64 %rd24, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq3_sEEEvPKhyPhjE4grid;
mov.u32 %r278,%r1;
$L__BB0_3:
mul.wide.u32 %rd21,%r278,4;
add.s64 %rd23,%rd22,%rd21;
ld.global.nc.u32 %r59, [%rd23];
add.s64 %rd25,%rd24,%rd21;
st.shared.u32 [%rd25],%r59;
add.s32 %r278,%r278,256;
setp.lt.u32 %p5,%r278,512;
@%p5 bra $L__BB0_3;
$L__BB0_4:
and.b32 %r4,%r1,1;
shl.b32 %r60,%r1,2;
and.b32 %r61,%r60,4;
neg.s32 %r62,%r61;
cvt.s64.s32 %rd3,%r62;
cvt.u64.u32 %rd26,%r1;
and.b64 %rd27,%rd26,31;
neg.s64 %rd4,%rd27;
$L__BB0_5:
shl.b64 %rd6,%rd111,13;
sub.s64 %rd28,%rd16,%rd6;
min.u64 %rd29,%rd28,8192;
cvt.u32.u64 %r5,%rd29;
mul.lo.s64 %rd7,%rd111,3520;
add.s64 %rd8,%rd15,%rd7;
mul.lo.s32 %r6,%r5,110;
shr.u32 %r7,%r6,8;
and.b64 %rd30,%rd8,15;
setp.eq.s64 %p6,%rd30,0;
@%p6 bra $L__BB0_17;
cvt.u32.u64 %r63,%rd8;
and.b32 %r8,%r63,3;
add.s32 %r64,%r7,%r8;
setp.lt.u32 %p7,%r64,8;
add.s32 %r65,%r64, -4;
shr.u32 %r66,%r65,2;
selp.b32 %r9,1,%r66,%p7;
mov.u32 %r67,%tid.x;
add.s32 %r279,%r67,1;
setp.ge.u32 %p8,%r279,%r9;
@%p8 bra $L__BB0_14;
cvt.u64.u32 %rd31,%r8;
sub.s64 %rd32,%rd7,%rd31;
add.s64 %rd9,%rd15,%rd32;
shl.b32 %r10,%r8,3;
mov.u32 %r70, -2;
sub.s32 %r71,%r70,%r67;
add.s32 %r11,%r71,%r9;
shr.u32 %r72,%r11,8;
add.s32 %r73,%r72,1;
and.b32 %r12,%r73,3;
setp.eq.s32 %p9,%r12,0;
@%p9 bra $L__BB0_11;
add.s32 %r81,%r67,1;
mul.wide.u32 %rd35,%r81,4;
add.s64 %rd33,%rd9,%rd35;
ld.global.nc.u32 %r74, [%rd33];
add.s64 %rd34,%rd33,4;
ld.global.nc.u32 %r75, [%rd34];
shf.r.wrap.b32 %r76,%r74,%r75,%r10;
mov.u64 %rd36, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq3_sEEEvPKhyPhjE4tile;
add.s64 %rd37,%rd36,%rd35;
st.shared.u32 [%rd37],%r76;
add.s32 %r279,%r67,257;
setp.eq.s32 %p10,%r12,1;
@%p10 bra $L__BB0_11;
add.s32 %r89,%r67,257;
mul.wide.u32 %rd40,%r89,4;
add.s64 %rd38,%rd9,%rd40;
ld.global.nc.u32 %r82, [%rd38];
add.s64 %rd39,%rd38,4;
ld.global.nc.u32 %r83, [%rd39];
shf.r.wrap.b32 %r84,%r82,%r83,%r10;
add.s64 %rd42,%rd36,%rd40;
st.shared.u32 [%rd42],%r84;
add.s32 %r279,%r67,513;
setp.eq.s32 %p11,%r12,2;
@%p11 bra $L__BB0_11;
add.s32 %r97,%r67,513;
mul.wide.u32 %rd45,%r97,4;
add.s64 %rd43,%rd9,%rd45;
ld.global.nc.u32 %r90, [%rd43];
add.s64 %rd44,%rd43,4;
ld.global.nc.u32 %r91, [%rd44];
shf.r.wrap.b32 %r92,%r90,%r91,%r10;
add.s64 %rd47,%rd36,%rd45;
st.shared.u32 [%rd47],%r92;
add.s32 %r279,%r67,769;
$L__BB0_11:
setp.lt.u32 %p12,%r11,768;
@%p12 bra $L__BB0_14;
$L__BB0_13:
.pragma "nounroll";
mul.wide.u32 %rd56,%r279,4;
add.s64 %rd48,%rd9,%rd56;
ld.global.nc.u32 %r98, [%rd48];
add.s64 %rd49,%rd48,4;
ld.global.nc.u32 %r99, [%rd49];
shf.r.wrap.b32 %r100,%r98,%r99,%r10;
mov.u64 %rd57, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq3_sEEEvPKhyPhjE4tile;
add.s64 %rd58,%rd57,%rd56;
st.shared.u32 [%rd58],%r100;
add.s32 %r122,%r279,256;
mul.wide.u32 %rd59,%r122,4;
add.s64 %rd50,%rd9,%rd59;
ld.global.nc.u32 %r104, [%rd50];
add.s64 %rd51,%rd50,4;
ld.global.nc.u32 %r105, [%rd51];
shf.r.wrap.b32 %r106,%r104,%r105,%r10;
add.s64 %rd60,%rd57,%rd59;
st.shared.u32 [%rd60],%r106;
add.s32 %r123,%r279,512;
mul.wide.u32 %rd61,%r123,4;
add.s64 %rd52,%rd9,%rd61;
ld.global.nc.u32 %r110, [%rd52];
add.s64 %rd53,%rd52,4;
ld.global.nc.u32 %r111, [%rd53];
shf.r.wrap.b32 %r112,%r110,%r111,%r10;
add.s64 %rd62,%rd57,%rd61;
st.shared.u32 [%rd62],%r112;
add.s32 %r124,%r279,768;
mul.wide.u32 %rd63,%r124,4;
add.s64 %rd54,%rd9,%rd63;
ld.global.nc.u32 %r116, [%rd54];
add.s64 %rd55,%rd54,4;
ld.global.nc.u32 %r117, [%rd55];
shf.r.wrap.b32 %r118,%r116,%r117,%r10;
add.s64 %rd64,%rd57,%rd63;
st.shared.u32 [%rd64],%r118;
add.s32 %r279,%r279,1024;
setp.lt.u32 %p13,%r279,%r9;
@%p13 bra $L__BB0_13;
$L__BB0_14:
setp.gt.u32 %p14,%r67,15;
@%p14 bra $L__BB0_23;
setp.lt.u32 %p15,%r67,4;
shl.b32 %r127,%r9,2;
add.s32 %r128,%r67,%r127;
add.s32 %r129,%r128, -4;
selp.b32 %r20,%r67,%r129,%p15;
setp.ge.u32 %p16,%r20,%r7;
@%p16 bra $L__BB0_23;
cvt.u64.u32 %rd65,%r20;
add.s64 %rd66,%rd7,%rd65;
cvta.to.global.u64 %rd67,%rd15;
add.s64 %rd68,%rd67,%rd66;
ld.global.u8 %rs1, [%rd68];
mov.u64 %rd69, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq3_sEEEvPKhyPhjE4tile;
add.s64 %rd70,%rd69,%rd65;
st.shared.u8 [%rd70],%rs1;
bra.uni $L__BB0_23;
$L__BB0_17:
shr.u32 %r21,%r6,12;
mov.u32 %r131,%tid.x;
setp.ge.u32 %p17,%r131,%r21;
@%p17 bra $L__BB0_19;
mul.wide.u32 %rd72,%r131,16;
add.s64 %rd71,%rd8,%rd72;
ld.global.nc.v4.u32 {%r284,%r283,%r282,%r281}, [%rd71];
$L__BB0_19:
@%p17 bra $L__BB0_21;
mul.wide.u32 %rd73,%r131,16;
mov.u64 %rd74, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq3_sEEEvPKhyPhjE4tile;
add.s64 %rd75,%rd74,%rd73;
st.shared.v4.u32 [%rd75], {%r284,%r283,%r282,%r281};
$L__BB0_21:
and.b32 %r139,%r7,15;
setp.ge.u32 %p19,%r131,%r139;
@%p19 bra $L__BB0_23;
and.b32 %r141,%r7,8176;
add.s32 %r143,%r141,%r131;
cvt.u64.u32 %rd76,%r143;
add.s64 %rd77,%rd7,%rd76;
cvta.to.global.u64 %rd78,%rd15;
add.s64 %rd79,%rd78,%rd77;
ld.global.u8 %rs2, [%rd79];
mov.u64 %rd80, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq3_sEEEvPKhyPhjE4tile;
add.s64 %rd81,%rd80,%rd76;
st.shared.u8 [%rd81],%rs2;
$L__BB0_23:
and.b64 %rd82,%rd17,15;
setp.eq.s64 %p20,%rd82,0;
bar.sync 0;
setp.eq.s32 %p21,%r5,8192;
and.pred %p1,%p20,%p21;
mov.u32 %r286,%tid.x;
shl.b32 %r285,%r286,3;
setp.ge.u32 %p22,%r285,%r5;
@%p22 bra $L__BB0_66;
cvta.to.global.u64 %rd83,%rd17;
setp.eq.s32 %p23,%r57,0;
selp.b64 %rd84,4,2,%p23;
mul.lo.s64 %rd85,%rd6,%rd84;
add.s64 %rd10,%rd83,%rd85;
$L__BB0_25:
.pragma "nounroll";
shr.u32 %r146,%r286,5;
mul.lo.s32 %r147,%r146,110;
cvt.u64.u32 %rd86,%r147;
mov.u64 %rd87, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq3_sEEEvPKhyPhjE4tile;
add.s64 %rd88,%rd87,%rd86;
and.b32 %r148,%r286,31;
shr.u32 %r149,%r148,2;
cvt.u64.u32 %rd89,%r149;
add.s64 %rd90,%rd88,%rd89;
ld.shared.u8 %r150, [%rd90+66];
shl.b32 %r151,%r286,1;
and.b32 %r152,%r151,6;
shr.u32 %r153,%r150,%r152;
and.b32 %r154,%r151,62;
add.s32 %r155,%r154,2;
cvt.u64.u32 %rd91,%r154;
cvt.u64.u32 %rd92,%r155;
add.s64 %rd93,%rd88,%rd91;
add.s64 %rd94,%rd88,%rd92;
ld.shared.u16 %r156, [%rd93+2];
shr.u32 %r157,%r148,3;
cvt.u64.u32 %rd95,%r157;
add.s64 %rd96,%rd88,%rd95;
ld.shared.u8 %r158, [%rd96+106];
and.b32 %r159,%r286,4;
shr.u32 %r160,%r158,%r159;
and.b32 %r161,%r156,255;
and.b32 %r162,%r153,1;
bfi.b32 %r163,%r162,%r161,8,1;
mul.wide.u32 %rd97,%r163,4;
mov.u64 %rd98, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format5iq3_sEEEvPKhyPhjE4grid;
add.s64 %rd99,%rd98,%rd97;
ld.shared.u32 %r164, [%rd99];
shr.u32 %r165,%r156,8;
shl.b32 %r166,%r153,7;
and.b32 %r167,%r166,256;
or.b32 %r168,%r167,%r165;
mul.wide.u32 %rd100,%r168,4;
add.s64 %rd101,%rd98,%rd100;
ld.shared.u32 %r169, [%rd101];
add.s64 %rd102,%rd94,%rd4;
add.s64 %rd103,%rd102,%rd4;
add.s64 %rd104,%rd93,%rd4;
ld.shared.u8 %r170, [%rd104+74];
ld.shared.u16 %rs3, [%rd103+-2];
cvt.f32.f16 %f9,%rs3;
shl.b32 %r171,%r160,1;
and.b32 %r172,%r171,30;
or.b32 %r173,%r172,1;
cvt.rn.f32.s32 %f12,%r173;
mul.rn.f32 %f10,%f9,%f12;
and.b32 %r174,%r170,15;
mul.lo.s32 %r175,%r174,2113665;
and.b32 %r176,%r175,16843009;
mul.lo.s32 %r177,%r176,255;
xor.b32 %r178,%r177,%r164;
add.s32 %r179,%r178,%r176;
shr.u32 %r180,%r170,4;
mul.lo.s32 %r181,%r180,2113665;
and.b32 %r182,%r181,16843009;
mul.lo.s32 %r183,%r182,255;
xor.b32 %r184,%r183,%r169;
add.s32 %r185,%r184,%r182;
xor.b32 %r186,%r179, -2139062144;
mov.u32 %r187,30288;
mov.u32 %r188,1258291200;
prmt.b32 %r189,%r186,%r188,%r187;
mov.b32 %f14,%r189;
mov.f32 %f57,0f4B000080;
sub.rn.f32 %f13,%f14,%f57;
mul.rn.f32 %f16,%f13,%f10;
mov.b32 %r34,%f16;
mov.u32 %r190,30289;
prmt.b32 %r191,%r186,%r188,%r190;
mov.b32 %f20,%r191;
sub.rn.f32 %f19,%f20,%f57;
mul.rn.f32 %f22,%f19,%f10;
mov.b32 %r35,%f22;
mov.u32 %r192,30290;
prmt.b32 %r193,%r186,%r188,%r192;
mov.b32 %f26,%r193;
sub.rn.f32 %f25,%f26,%f57;
mul.rn.f32 %f28,%f25,%f10;
mov.b32 %r36,%f28;
mov.u32 %r194,30291;
prmt.b32 %r195,%r186,%r188,%r194;
mov.b32 %f32,%r195;
sub.rn.f32 %f31,%f32,%f57;
mul.rn.f32 %f34,%f31,%f10;
mov.b32 %r37,%f34;
xor.b32 %r196,%r185, -2139062144;
prmt.b32 %r197,%r196,%r188,%r187;
mov.b32 %f38,%r197;
sub.rn.f32 %f37,%f38,%f57;
mul.rn.f32 %f40,%f37,%f10;
mov.b32 %r38,%f40;
prmt.b32 %r198,%r196,%r188,%r190;
mov.b32 %f44,%r198;
sub.rn.f32 %f43,%f44,%f57;
mul.rn.f32 %f46,%f43,%f10;
mov.b32 %r39,%f46;
prmt.b32 %r199,%r196,%r188,%r192;
mov.b32 %f50,%r199;
sub.rn.f32 %f49,%f50,%f57;
mul.rn.f32 %f52,%f49,%f10;
mov.b32 %r40,%f52;
prmt.b32 %r200,%r196,%r188,%r194;
mov.b32 %f56,%r200;
sub.rn.f32 %f55,%f56,%f57;
mul.rn.f32 %f58,%f55,%f10;
mov.b32 %r41,%f58;
sub.s32 %r42,%r5,%r285;
@%p23 bra $L__BB0_28;
setp.ne.s32 %p25,%r57,1;
@%p25 bra $L__BB0_46;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f16;
cvt.rn.f16.f32 upper,%f22;
mov.b32 %r287, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f28;
cvt.rn.f16.f32 upper,%f34;
mov.b32 %r288, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f40;
cvt.rn.f16.f32 upper,%f46;
mov.b32 %r289, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f52;
cvt.rn.f16.f32 upper,%f58;
mov.b32 %r290, {lower, upper};
}
bra.uni $L__BB0_47;
$L__BB0_28:
cvt.u64.u32 %rd11,%r285;
@%p1 bra $L__BB0_45;
bra.uni $L__BB0_29;
$L__BB0_45:
setp.ne.s32 %p34,%r4,0;
selp.b32 %r205,%r34,%r38,%p34;
mov.u32 %r206,31;
mov.u32 %r207,1;
mov.u32 %r208, -1;
shfl.sync.bfly.b32 %r209|%p35,%r205,%r207,%r206,%r208;
mov.b32 %f69,%r209;
selp.b32 %r210,%r35,%r39,%p34;
shfl.sync.bfly.b32 %r211|%p36,%r210,%r207,%r206,%r208;
mov.b32 %f70,%r211;
selp.b32 %r212,%r36,%r40,%p34;
shfl.sync.bfly.b32 %r213|%p37,%r212,%r207,%r206,%r208;
mov.b32 %f71,%r213;
selp.b32 %r214,%r37,%r41,%p34;
shfl.sync.bfly.b32 %r215|%p38,%r214,%r207,%r206,%r208;
mov.b32 %f72,%r215;
add.s64 %rd106,%rd11,%rd3;
shl.b64 %rd107,%rd106,2;
add.s64 %rd108,%rd10,%rd107;
selp.f32 %f73,%f69,%f16,%p34;
selp.f32 %f74,%f70,%f22,%p34;
selp.f32 %f75,%f71,%f28,%p34;
selp.f32 %f76,%f72,%f34,%p34;
st.global.v4.f32 [%rd108], {%f73,%f74,%f75,%f76};
selp.f32 %f77,%f40,%f69,%p34;
selp.f32 %f78,%f46,%f70,%p34;
selp.f32 %f79,%f52,%f71,%p34;
selp.f32 %f80,%f58,%f72,%p34;
st.global.v4.f32 [%rd108+32], {%f77,%f78,%f79,%f80};
bra.uni $L__BB0_65;
$L__BB0_46:
and.b32 %r216,%r34,2147483647;
setp.gt.u32 %p39,%r216,2139095040;
shr.u32 %r217,%r34,16;
and.b32 %r218,%r217,1;
add.s32 %r219,%r34,%r218;
add.s32 %r220,%r219,32767;
or.b32 %r221,%r34,4194304;
selp.b32 %r222,%r221,%r220,%p39;
and.b32 %r223,%r35,2147483647;
setp.gt.u32 %p40,%r223,2139095040;
shr.u32 %r224,%r35,16;
and.b32 %r225,%r224,1;
add.s32 %r226,%r35,%r225;
add.s32 %r227,%r226,32767;
or.b32 %r228,%r35,4194304;
selp.b32 %r229,%r228,%r227,%p40;
mov.u32 %r230,30258;
prmt.b32 %r287,%r222,%r229,%r230;
and.b32 %r231,%r36,2147483647;
setp.gt.u32 %p41,%r231,2139095040;
shr.u32 %r232,%r36,16;
and.b32 %r233,%r232,1;
add.s32 %r234,%r36,%r233;
add.s32 %r235,%r234,32767;
or.b32 %r236,%r36,4194304;
selp.b32 %r237,%r236,%r235,%p41;
and.b32 %r238,%r37,2147483647;
setp.gt.u32 %p42,%r238,2139095040;
shr.u32 %r239,%r37,16;
and.b32 %r240,%r239,1;
add.s32 %r241,%r37,%r240;
add.s32 %r242,%r241,32767;
or.b32 %r243,%r37,4194304;
selp.b32 %r244,%r243,%r242,%p42;
prmt.b32 %r288,%r237,%r244,%r230;
and.b32 %r245,%r38,2147483647;
setp.gt.u32 %p43,%r245,2139095040;
shr.u32 %r246,%r38,16;
and.b32 %r247,%r246,1;
add.s32 %r248,%r38,%r247;
add.s32 %r249,%r248,32767;
or.b32 %r250,%r38,4194304;
selp.b32 %r251,%r250,%r249,%p43;
and.b32 %r252,%r39,2147483647;
setp.gt.u32 %p44,%r252,2139095040;
shr.u32 %r253,%r39,16;
and.b32 %r254,%r253,1;
add.s32 %r255,%r39,%r254;
add.s32 %r256,%r255,32767;
or.b32 %r257,%r39,4194304;
selp.b32 %r258,%r257,%r256,%p44;
prmt.b32 %r289,%r251,%r258,%r230;
and.b32 %r259,%r40,2147483647;
setp.gt.u32 %p45,%r259,2139095040;
shr.u32 %r260,%r40,16;
and.b32 %r261,%r260,1;
add.s32 %r262,%r40,%r261;
add.s32 %r263,%r262,32767;
or.b32 %r264,%r40,4194304;
selp.b32 %r265,%r264,%r263,%p45;
and.b32 %r266,%r41,2147483647;
setp.gt.u32 %p46,%r266,2139095040;
shr.u32 %r267,%r41,16;
and.b32 %r268,%r267,1;
add.s32 %r269,%r41,%r268;
add.s32 %r270,%r269,32767;
or.b32 %r271,%r41,4194304;
selp.b32 %r272,%r271,%r270,%p46;
prmt.b32 %r290,%r265,%r272,%r230;
$L__BB0_47:
mul.wide.u32 %rd109,%r285,2;
add.s64 %rd13,%rd10,%rd109;
@%p1 bra $L__BB0_64;
bra.uni $L__BB0_48;
$L__BB0_64:
st.global.v4.u32 [%rd13], {%r287,%r288,%r289,%r290};
bra.uni $L__BB0_65;
$L__BB0_48:
setp.eq.s32 %p47,%r42,0;
@%p47 bra $L__BB0_50;
st.global.u16 [%rd13],%r287;
$L__BB0_50:
setp.lt.u32 %p48,%r42,2;
@%p48 bra $L__BB0_52;
shr.u32 %r273,%r287,16;
st.global.u16 [%rd13+2],%r273;
$L__BB0_52:
setp.lt.u32 %p49,%r42,3;
@%p49 bra $L__BB0_54;
st.global.u16 [%rd13+4],%r288;
$L__BB0_54:
setp.lt.u32 %p50,%r42,4;
@%p50 bra $L__BB0_56;
shr.u32 %r274,%r288,16;
st.global.u16 [%rd13+6],%r274;
$L__BB0_56:
setp.lt.u32 %p51,%r42,5;
@%p51 bra $L__BB0_58;
st.global.u16 [%rd13+8],%r289;
$L__BB0_58:
setp.lt.u32 %p52,%r42,6;
@%p52 bra $L__BB0_60;
shr.u32 %r275,%r289,16;
st.global.u16 [%rd13+10],%r275;
$L__BB0_60:
setp.lt.u32 %p53,%r42,7;
@%p53 bra $L__BB0_62;
st.global.u16 [%rd13+12],%r290;
$L__BB0_62:
setp.lt.u32 %p54,%r42,8;
@%p54 bra $L__BB0_65;
shr.u32 %r276,%r290,16;
st.global.u16 [%rd13+14],%r276;
bra.uni $L__BB0_65;
$L__BB0_29:
setp.eq.s32 %p26,%r42,0;
shl.b64 %rd105,%rd11,2;
add.s64 %rd12,%rd10,%rd105;
@%p26 bra $L__BB0_31;
st.global.f32 [%rd12],%f16;
$L__BB0_31:
setp.lt.u32 %p27,%r42,2;
@%p27 bra $L__BB0_33;
st.global.f32 [%rd12+4],%f22;
$L__BB0_33:
setp.lt.u32 %p28,%r42,3;
@%p28 bra $L__BB0_35;
st.global.f32 [%rd12+8],%f28;
$L__BB0_35:
setp.lt.u32 %p29,%r42,4;
@%p29 bra $L__BB0_37;
st.global.f32 [%rd12+12],%f34;
$L__BB0_37:
setp.lt.u32 %p30,%r42,5;
@%p30 bra $L__BB0_39;
st.global.f32 [%rd12+16],%f40;
$L__BB0_39:
setp.lt.u32 %p31,%r42,6;
@%p31 bra $L__BB0_41;
st.global.f32 [%rd12+20],%f46;
$L__BB0_41:
setp.lt.u32 %p32,%r42,7;
@%p32 bra $L__BB0_43;
st.global.f32 [%rd12+24],%f52;
$L__BB0_43:
setp.lt.u32 %p33,%r42,8;
@%p33 bra $L__BB0_65;
st.global.f32 [%rd12+28],%f58;
$L__BB0_65:
add.s32 %r286,%r286,256;
shl.b32 %r285,%r286,3;
setp.lt.u32 %p55,%r285,%r5;
@%p55 bra $L__BB0_25;
$L__BB0_66:
bar.sync 0;
mov.u32 %r277,%nctaid.x;
cvt.u64.u32 %rd110,%r277;
add.s64 %rd111,%rd111,%rd110;
setp.lt.u64 %p56,%rd111,%rd1;
@%p56 bra $L__BB0_5;
$L__BB0_67:
ret;
}
)ptx"},
{tensor_type::iq4_nl, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_iq4_nl(
.param .u64 cria_dequantize_iq4_nl_param_0,
.param .u64 cria_dequantize_iq4_nl_param_1,
.param .u64 cria_dequantize_iq4_nl_param_2,
.param .u32 cria_dequantize_iq4_nl_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<58>;
.reg .b16 %rs<8>;
.reg .f32 %f<78>;
.reg .b32 %r<308>;
.reg .b64 %rd<100>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq4_nlEEEvPKhyPhjE4tile[4624];
ld.param.u64 %rd13, [cria_dequantize_iq4_nl_param_0];
ld.param.u64 %rd14, [cria_dequantize_iq4_nl_param_1];
ld.param.u64 %rd15, [cria_dequantize_iq4_nl_param_2];
ld.param.u32 %r61, [cria_dequantize_iq4_nl_param_3];
shr.u64 %rd16,%rd14,13;
and.b64 %rd17,%rd14,8191;
setp.ne.s64 %p2,%rd17,0;
selp.u64 %rd18,1,0,%p2;
add.s64 %rd19,%rd16,%rd18;
mov.u32 %r62,%ctaid.x;
cvt.u64.u32 %rd99,%r62;
setp.le.u64 %p3,%rd19,%rd99;
@%p3 bra $L__BB0_68;
mov.u32 %r63,%tid.x;
shl.b32 %r64,%r63,2;
and.b32 %r65,%r64,4;
neg.s32 %r66,%r65;
cvt.s64.s32 %rd2,%r66;
$L__BB0_2:
shl.b64 %rd4,%rd99,13;
sub.s64 %rd20,%rd14,%rd4;
min.u64 %rd21,%rd20,8192;
cvt.u32.u64 %r1,%rd21;
mul.lo.s64 %rd5,%rd99,4608;
add.s64 %rd6,%rd13,%rd5;
mul.lo.s32 %r2,%r1,18;
shr.u32 %r3,%r2,5;
and.b64 %rd22,%rd6,15;
setp.eq.s64 %p4,%rd22,0;
@%p4 bra $L__BB0_14;
cvt.u32.u64 %r67,%rd6;
and.b32 %r4,%r67,3;
add.s32 %r68,%r3,%r4;
setp.lt.u32 %p5,%r68,8;
add.s32 %r69,%r68, -4;
shr.u32 %r70,%r69,2;
selp.b32 %r5,1,%r70,%p5;
mov.u32 %r71,%tid.x;
add.s32 %r292,%r71,1;
setp.ge.u32 %p6,%r292,%r5;
@%p6 bra $L__BB0_11;
cvt.u64.u32 %rd23,%r4;
sub.s64 %rd24,%rd5,%rd23;
add.s64 %rd7,%rd13,%rd24;
shl.b32 %r6,%r4,3;
mov.u32 %r74, -2;
sub.s32 %r75,%r74,%r71;
add.s32 %r7,%r75,%r5;
shr.u32 %r76,%r7,8;
add.s32 %r77,%r76,1;
and.b32 %r8,%r77,3;
setp.eq.s32 %p7,%r8,0;
@%p7 bra $L__BB0_8;
add.s32 %r85,%r71,1;
mul.wide.u32 %rd27,%r85,4;
add.s64 %rd25,%rd7,%rd27;
ld.global.nc.u32 %r78, [%rd25];
add.s64 %rd26,%rd25,4;
ld.global.nc.u32 %r79, [%rd26];
shf.r.wrap.b32 %r80,%r78,%r79,%r6;
mov.u64 %rd28, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq4_nlEEEvPKhyPhjE4tile;
add.s64 %rd29,%rd28,%rd27;
st.shared.u32 [%rd29],%r80;
add.s32 %r292,%r71,257;
setp.eq.s32 %p8,%r8,1;
@%p8 bra $L__BB0_8;
add.s32 %r93,%r71,257;
mul.wide.u32 %rd32,%r93,4;
add.s64 %rd30,%rd7,%rd32;
ld.global.nc.u32 %r86, [%rd30];
add.s64 %rd31,%rd30,4;
ld.global.nc.u32 %r87, [%rd31];
shf.r.wrap.b32 %r88,%r86,%r87,%r6;
add.s64 %rd34,%rd28,%rd32;
st.shared.u32 [%rd34],%r88;
add.s32 %r292,%r71,513;
setp.eq.s32 %p9,%r8,2;
@%p9 bra $L__BB0_8;
add.s32 %r101,%r71,513;
mul.wide.u32 %rd37,%r101,4;
add.s64 %rd35,%rd7,%rd37;
ld.global.nc.u32 %r94, [%rd35];
add.s64 %rd36,%rd35,4;
ld.global.nc.u32 %r95, [%rd36];
shf.r.wrap.b32 %r96,%r94,%r95,%r6;
add.s64 %rd39,%rd28,%rd37;
st.shared.u32 [%rd39],%r96;
add.s32 %r292,%r71,769;
$L__BB0_8:
setp.lt.u32 %p10,%r7,768;
@%p10 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd48,%r292,4;
add.s64 %rd40,%rd7,%rd48;
ld.global.nc.u32 %r102, [%rd40];
add.s64 %rd41,%rd40,4;
ld.global.nc.u32 %r103, [%rd41];
shf.r.wrap.b32 %r104,%r102,%r103,%r6;
mov.u64 %rd49, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq4_nlEEEvPKhyPhjE4tile;
add.s64 %rd50,%rd49,%rd48;
st.shared.u32 [%rd50],%r104;
add.s32 %r126,%r292,256;
mul.wide.u32 %rd51,%r126,4;
add.s64 %rd42,%rd7,%rd51;
ld.global.nc.u32 %r108, [%rd42];
add.s64 %rd43,%rd42,4;
ld.global.nc.u32 %r109, [%rd43];
shf.r.wrap.b32 %r110,%r108,%r109,%r6;
add.s64 %rd52,%rd49,%rd51;
st.shared.u32 [%rd52],%r110;
add.s32 %r127,%r292,512;
mul.wide.u32 %rd53,%r127,4;
add.s64 %rd44,%rd7,%rd53;
ld.global.nc.u32 %r114, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r115, [%rd45];
shf.r.wrap.b32 %r116,%r114,%r115,%r6;
add.s64 %rd54,%rd49,%rd53;
st.shared.u32 [%rd54],%r116;
add.s32 %r128,%r292,768;
mul.wide.u32 %rd55,%r128,4;
add.s64 %rd46,%rd7,%rd55;
ld.global.nc.u32 %r120, [%rd46];
add.s64 %rd47,%rd46,4;
ld.global.nc.u32 %r121, [%rd47];
shf.r.wrap.b32 %r122,%r120,%r121,%r6;
add.s64 %rd56,%rd49,%rd55;
st.shared.u32 [%rd56],%r122;
add.s32 %r292,%r292,1024;
setp.lt.u32 %p11,%r292,%r5;
@%p11 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p12,%r71,15;
@%p12 bra $L__BB0_24;
setp.lt.u32 %p13,%r71,4;
shl.b32 %r131,%r5,2;
add.s32 %r132,%r71,%r131;
add.s32 %r133,%r132, -4;
selp.b32 %r16,%r71,%r133,%p13;
setp.ge.u32 %p14,%r16,%r3;
@%p14 bra $L__BB0_24;
cvt.u64.u32 %rd57,%r16;
add.s64 %rd58,%rd5,%rd57;
cvta.to.global.u64 %rd59,%rd13;
add.s64 %rd60,%rd59,%rd58;
ld.global.u8 %rs1, [%rd60];
mov.u64 %rd61, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq4_nlEEEvPKhyPhjE4tile;
add.s64 %rd62,%rd61,%rd57;
st.shared.u8 [%rd62],%rs1;
bra.uni $L__BB0_24;
$L__BB0_14:
shr.u32 %r17,%r2,9;
mov.u32 %r135,%tid.x;
setp.ge.u32 %p15,%r135,%r17;
@%p15 bra $L__BB0_16;
mul.wide.u32 %rd64,%r135,16;
add.s64 %rd63,%rd6,%rd64;
ld.global.nc.v4.u32 {%r297,%r296,%r295,%r294}, [%rd63];
$L__BB0_16:
add.s32 %r143,%r135,256;
setp.ge.u32 %p16,%r143,%r17;
@%p16 bra $L__BB0_18;
mul.wide.u32 %rd66,%r135,16;
add.s64 %rd67,%rd6,%rd66;
add.s64 %rd65,%rd67,4096;
ld.global.nc.v4.u32 {%r298,%r299,%r300,%r301}, [%rd65];
$L__BB0_18:
@%p15 bra $L__BB0_20;
mul.wide.u32 %rd68,%r135,16;
mov.u64 %rd69, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq4_nlEEEvPKhyPhjE4tile;
add.s64 %rd70,%rd69,%rd68;
st.shared.v4.u32 [%rd70], {%r297,%r296,%r295,%r294};
$L__BB0_20:
@%p16 bra $L__BB0_22;
mul.wide.u32 %rd71,%r143,16;
mov.u64 %rd72, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq4_nlEEEvPKhyPhjE4tile;
add.s64 %rd73,%rd72,%rd71;
st.shared.v4.u32 [%rd73], {%r298,%r299,%r300,%r301};
$L__BB0_22:
and.b32 %r155,%r3,15;
setp.ge.u32 %p19,%r135,%r155;
@%p19 bra $L__BB0_24;
and.b32 %r157,%r3,16368;
add.s32 %r159,%r157,%r135;
cvt.u64.u32 %rd74,%r159;
add.s64 %rd75,%rd5,%rd74;
cvta.to.global.u64 %rd76,%rd13;
add.s64 %rd77,%rd76,%rd75;
ld.global.u8 %rs2, [%rd77];
mov.u64 %rd78, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq4_nlEEEvPKhyPhjE4tile;
add.s64 %rd79,%rd78,%rd74;
st.shared.u8 [%rd79],%rs2;
$L__BB0_24:
and.b64 %rd80,%rd15,15;
setp.eq.s64 %p20,%rd80,0;
bar.sync 0;
setp.eq.s32 %p21,%r1,8192;
and.pred %p1,%p20,%p21;
shl.b32 %r302,%r63,3;
setp.ge.u32 %p22,%r302,%r1;
@%p22 bra $L__BB0_67;
cvta.to.global.u64 %rd81,%rd15;
setp.eq.s32 %p23,%r61,0;
selp.b64 %rd82,4,2,%p23;
mul.lo.s64 %rd83,%rd4,%rd82;
add.s64 %rd8,%rd81,%rd83;
mov.u32 %r303,%r63;
$L__BB0_26:
.pragma "nounroll";
shr.u32 %r162,%r303,2;
mul.lo.s32 %r163,%r162,18;
cvt.u64.u32 %rd84,%r163;
mov.u64 %rd85, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq4_nlEEEvPKhyPhjE4tile;
add.s64 %rd86,%rd85,%rd84;
shl.b32 %r164,%r303,3;
and.b32 %r165,%r164,8;
cvt.u64.u32 %rd87,%r165;
add.s64 %rd88,%rd86,%rd87;
ld.shared.u16 %rs4, [%rd88+2];
ld.shared.u16 %rs5, [%rd88+4];
mov.b32 %r166, {%rs4,%rs5};
ld.shared.u16 %rs6, [%rd88+6];
ld.shared.u16 %rs7, [%rd88+8];
mov.b32 %r167, {%rs6,%rs7};
shl.b32 %r168,%r303,1;
and.b32 %r169,%r168,4;
shr.u32 %r170,%r166,%r169;
and.b32 %r171,%r170,252645135;
shr.u32 %r172,%r167,%r169;
and.b32 %r173,%r172,252645135;
shr.u32 %r174,%r171,4;
or.b32 %r175,%r174,%r171;
mov.u32 %r176,17440;
mov.u32 %r177,0;
prmt.b32 %r178,%r175,%r177,%r176;
and.b32 %r179,%r178,30583;
mov.u32 %r180,1986682191;
mov.u32 %r181,1059919873;
prmt.b32 %r182,%r181,%r180,%r179;
mov.u32 %r183, -237386315;
mov.u32 %r184, -1499886207;
prmt.b32 %r185,%r184,%r183,%r179;
and.b32 %r186,%r178,34952;
shr.u32 %r187,%r186,1;
or.b32 %r188,%r187,12816;
prmt.b32 %r189,%r182,%r185,%r188;
shr.u32 %r190,%r173,4;
or.b32 %r191,%r190,%r173;
prmt.b32 %r192,%r191,%r177,%r176;
and.b32 %r193,%r192,30583;
prmt.b32 %r194,%r181,%r180,%r193;
prmt.b32 %r195,%r184,%r183,%r193;
and.b32 %r196,%r192,34952;
shr.u32 %r197,%r196,1;
or.b32 %r198,%r197,12816;
prmt.b32 %r199,%r194,%r195,%r198;
ld.shared.u16 %rs3, [%rd86];
cvt.f32.f16 %f9,%rs3;
mov.u32 %r200,30288;
mov.u32 %r201,1258291200;
prmt.b32 %r202,%r189,%r201,%r200;
mov.b32 %f11,%r202;
mov.f32 %f54,0f4B000080;
sub.rn.f32 %f10,%f11,%f54;
mul.rn.f32 %f13,%f10,%f9;
mov.b32 %r38,%f13;
mov.u32 %r203,30289;
prmt.b32 %r204,%r189,%r201,%r203;
mov.b32 %f17,%r204;
sub.rn.f32 %f16,%f17,%f54;
mul.rn.f32 %f19,%f16,%f9;
mov.b32 %r39,%f19;
mov.u32 %r205,30290;
prmt.b32 %r206,%r189,%r201,%r205;
mov.b32 %f23,%r206;
sub.rn.f32 %f22,%f23,%f54;
mul.rn.f32 %f25,%f22,%f9;
mov.b32 %r40,%f25;
mov.u32 %r207,30291;
prmt.b32 %r208,%r189,%r201,%r207;
mov.b32 %f29,%r208;
sub.rn.f32 %f28,%f29,%f54;
mul.rn.f32 %f31,%f28,%f9;
mov.b32 %r41,%f31;
prmt.b32 %r209,%r199,%r201,%r200;
mov.b32 %f35,%r209;
sub.rn.f32 %f34,%f35,%f54;
mul.rn.f32 %f37,%f34,%f9;
mov.b32 %r42,%f37;
prmt.b32 %r210,%r199,%r201,%r203;
mov.b32 %f41,%r210;
sub.rn.f32 %f40,%f41,%f54;
mul.rn.f32 %f43,%f40,%f9;
mov.b32 %r43,%f43;
prmt.b32 %r211,%r199,%r201,%r205;
mov.b32 %f47,%r211;
sub.rn.f32 %f46,%f47,%f54;
mul.rn.f32 %f49,%f46,%f9;
mov.b32 %r44,%f49;
prmt.b32 %r212,%r199,%r201,%r207;
mov.b32 %f53,%r212;
sub.rn.f32 %f52,%f53,%f54;
mul.rn.f32 %f55,%f52,%f9;
mov.b32 %r45,%f55;
sub.s32 %r46,%r1,%r302;
@%p23 bra $L__BB0_29;
setp.ne.s32 %p25,%r61,1;
@%p25 bra $L__BB0_47;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f13;
cvt.rn.f16.f32 upper,%f19;
mov.b32 %r304, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f25;
cvt.rn.f16.f32 upper,%f31;
mov.b32 %r305, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f37;
cvt.rn.f16.f32 upper,%f43;
mov.b32 %r306, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f49;
cvt.rn.f16.f32 upper,%f55;
mov.b32 %r307, {lower, upper};
}
bra.uni $L__BB0_48;
$L__BB0_29:
cvt.u64.u32 %rd9,%r302;
@%p1 bra $L__BB0_46;
bra.uni $L__BB0_30;
$L__BB0_46:
mov.u32 %r217,%tid.x;
mov.u32 %r218,1;
and.b32 %r219,%r217,1;
setp.eq.b32 %p34,%r219,1;
selp.b32 %r220,%r38,%r42,%p34;
mov.u32 %r221,31;
mov.u32 %r222, -1;
shfl.sync.bfly.b32 %r223|%p35,%r220,%r218,%r221,%r222;
mov.b32 %f66,%r223;
selp.b32 %r224,%r39,%r43,%p34;
shfl.sync.bfly.b32 %r225|%p36,%r224,%r218,%r221,%r222;
mov.b32 %f67,%r225;
selp.b32 %r226,%r40,%r44,%p34;
shfl.sync.bfly.b32 %r227|%p37,%r226,%r218,%r221,%r222;
mov.b32 %f68,%r227;
selp.b32 %r228,%r41,%r45,%p34;
shfl.sync.bfly.b32 %r229|%p38,%r228,%r218,%r221,%r222;
mov.b32 %f69,%r229;
add.s64 %rd90,%rd9,%rd2;
shl.b64 %rd91,%rd90,2;
add.s64 %rd92,%rd8,%rd91;
selp.f32 %f70,%f66,%f13,%p34;
selp.f32 %f71,%f67,%f19,%p34;
selp.f32 %f72,%f68,%f25,%p34;
selp.f32 %f73,%f69,%f31,%p34;
st.global.v4.f32 [%rd92], {%f70,%f71,%f72,%f73};
selp.f32 %f74,%f37,%f66,%p34;
selp.f32 %f75,%f43,%f67,%p34;
selp.f32 %f76,%f49,%f68,%p34;
selp.f32 %f77,%f55,%f69,%p34;
st.global.v4.f32 [%rd92+32], {%f74,%f75,%f76,%f77};
bra.uni $L__BB0_66;
$L__BB0_47:
and.b32 %r230,%r38,2147483647;
setp.gt.u32 %p39,%r230,2139095040;
shr.u32 %r231,%r38,16;
and.b32 %r232,%r231,1;
add.s32 %r233,%r38,%r232;
add.s32 %r234,%r233,32767;
or.b32 %r235,%r38,4194304;
selp.b32 %r236,%r235,%r234,%p39;
and.b32 %r237,%r39,2147483647;
setp.gt.u32 %p40,%r237,2139095040;
shr.u32 %r238,%r39,16;
and.b32 %r239,%r238,1;
add.s32 %r240,%r39,%r239;
add.s32 %r241,%r240,32767;
or.b32 %r242,%r39,4194304;
selp.b32 %r243,%r242,%r241,%p40;
mov.u32 %r244,30258;
prmt.b32 %r304,%r236,%r243,%r244;
and.b32 %r245,%r40,2147483647;
setp.gt.u32 %p41,%r245,2139095040;
shr.u32 %r246,%r40,16;
and.b32 %r247,%r246,1;
add.s32 %r248,%r40,%r247;
add.s32 %r249,%r248,32767;
or.b32 %r250,%r40,4194304;
selp.b32 %r251,%r250,%r249,%p41;
and.b32 %r252,%r41,2147483647;
setp.gt.u32 %p42,%r252,2139095040;
shr.u32 %r253,%r41,16;
and.b32 %r254,%r253,1;
add.s32 %r255,%r41,%r254;
add.s32 %r256,%r255,32767;
or.b32 %r257,%r41,4194304;
selp.b32 %r258,%r257,%r256,%p42;
prmt.b32 %r305,%r251,%r258,%r244;
and.b32 %r259,%r42,2147483647;
setp.gt.u32 %p43,%r259,2139095040;
shr.u32 %r260,%r42,16;
and.b32 %r261,%r260,1;
add.s32 %r262,%r42,%r261;
add.s32 %r263,%r262,32767;
or.b32 %r264,%r42,4194304;
selp.b32 %r265,%r264,%r263,%p43;
and.b32 %r266,%r43,2147483647;
setp.gt.u32 %p44,%r266,2139095040;
shr.u32 %r267,%r43,16;
and.b32 %r268,%r267,1;
add.s32 %r269,%r43,%r268;
add.s32 %r270,%r269,32767;
or.b32 %r271,%r43,4194304;
selp.b32 %r272,%r271,%r270,%p44;
prmt.b32 %r306,%r265,%r272,%r244;
and.b32 %r273,%r44,2147483647;
setp.gt.u32 %p45,%r273,2139095040;
shr.u32 %r274,%r44,16;
and.b32 %r275,%r274,1;
add.s32 %r276,%r44,%r275;
add.s32 %r277,%r276,32767;
or.b32 %r278,%r44,4194304;
selp.b32 %r279,%r278,%r277,%p45;
and.b32 %r280,%r45,2147483647;
setp.gt.u32 %p46,%r280,2139095040;
shr.u32 %r281,%r45,16;
and.b32 %r282,%r281,1;
add.s32 %r283,%r45,%r282;
add.s32 %r284,%r283,32767;
or.b32 %r285,%r45,4194304;
selp.b32 %r286,%r285,%r284,%p46;
prmt.b32 %r307,%r279,%r286,%r244;
$L__BB0_48:
mul.wide.u32 %rd93,%r302,2;
add.s64 %rd11,%rd8,%rd93;
@%p1 bra $L__BB0_65;
bra.uni $L__BB0_49;
$L__BB0_65:
st.global.v4.u32 [%rd11], {%r304,%r305,%r306,%r307};
bra.uni $L__BB0_66;
$L__BB0_49:
setp.eq.s32 %p47,%r46,0;
@%p47 bra $L__BB0_51;
st.global.u16 [%rd11],%r304;
$L__BB0_51:
setp.lt.u32 %p48,%r46,2;
@%p48 bra $L__BB0_53;
shr.u32 %r287,%r304,16;
st.global.u16 [%rd11+2],%r287;
$L__BB0_53:
setp.lt.u32 %p49,%r46,3;
@%p49 bra $L__BB0_55;
st.global.u16 [%rd11+4],%r305;
$L__BB0_55:
setp.lt.u32 %p50,%r46,4;
@%p50 bra $L__BB0_57;
shr.u32 %r288,%r305,16;
st.global.u16 [%rd11+6],%r288;
$L__BB0_57:
setp.lt.u32 %p51,%r46,5;
@%p51 bra $L__BB0_59;
st.global.u16 [%rd11+8],%r306;
$L__BB0_59:
setp.lt.u32 %p52,%r46,6;
@%p52 bra $L__BB0_61;
shr.u32 %r289,%r306,16;
st.global.u16 [%rd11+10],%r289;
$L__BB0_61:
setp.lt.u32 %p53,%r46,7;
@%p53 bra $L__BB0_63;
st.global.u16 [%rd11+12],%r307;
$L__BB0_63:
setp.lt.u32 %p54,%r46,8;
@%p54 bra $L__BB0_66;
shr.u32 %r290,%r307,16;
st.global.u16 [%rd11+14],%r290;
bra.uni $L__BB0_66;
$L__BB0_30:
setp.eq.s32 %p26,%r46,0;
shl.b64 %rd89,%rd9,2;
add.s64 %rd10,%rd8,%rd89;
@%p26 bra $L__BB0_32;
st.global.f32 [%rd10],%f13;
$L__BB0_32:
setp.lt.u32 %p27,%r46,2;
@%p27 bra $L__BB0_34;
st.global.f32 [%rd10+4],%f19;
$L__BB0_34:
setp.lt.u32 %p28,%r46,3;
@%p28 bra $L__BB0_36;
st.global.f32 [%rd10+8],%f25;
$L__BB0_36:
setp.lt.u32 %p29,%r46,4;
@%p29 bra $L__BB0_38;
st.global.f32 [%rd10+12],%f31;
$L__BB0_38:
setp.lt.u32 %p30,%r46,5;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd10+16],%f37;
$L__BB0_40:
setp.lt.u32 %p31,%r46,6;
@%p31 bra $L__BB0_42;
st.global.f32 [%rd10+20],%f43;
$L__BB0_42:
setp.lt.u32 %p32,%r46,7;
@%p32 bra $L__BB0_44;
st.global.f32 [%rd10+24],%f49;
$L__BB0_44:
setp.lt.u32 %p33,%r46,8;
@%p33 bra $L__BB0_66;
st.global.f32 [%rd10+28],%f55;
$L__BB0_66:
add.s32 %r303,%r303,256;
shl.b32 %r302,%r303,3;
setp.lt.u32 %p55,%r302,%r1;
@%p55 bra $L__BB0_26;
$L__BB0_67:
bar.sync 0;
mov.u32 %r291,%nctaid.x;
cvt.u64.u32 %rd94,%r291;
add.s64 %rd99,%rd99,%rd94;
setp.lt.u64 %p57,%rd99,%rd19;
@%p57 bra $L__BB0_2;
$L__BB0_68:
ret;
}
)ptx"},
{tensor_type::iq4_xs, R"ptx(.version 8.0
.target sm_70
.address_size 64
.visible .entry cria_dequantize_iq4_xs(
.param .u64 cria_dequantize_iq4_xs_param_0,
.param .u64 cria_dequantize_iq4_xs_param_1,
.param .u64 cria_dequantize_iq4_xs_param_2,
.param .u32 cria_dequantize_iq4_xs_param_3
)
.maxntid 256,1,1
{
.reg .pred %p<58>;
.reg .b16 %rs<4>;
.reg .f32 %f<81>;
.reg .b32 %r<327>;
.reg .b64 %rd<100>;
.shared .align 16 .b8 _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq4_xsEEEvPKhyPhjE4tile[4368];
ld.param.u64 %rd13, [cria_dequantize_iq4_xs_param_0];
ld.param.u64 %rd14, [cria_dequantize_iq4_xs_param_1];
ld.param.u64 %rd15, [cria_dequantize_iq4_xs_param_2];
ld.param.u32 %r62, [cria_dequantize_iq4_xs_param_3];
shr.u64 %rd16,%rd14,13;
and.b64 %rd17,%rd14,8191;
setp.ne.s64 %p2,%rd17,0;
selp.u64 %rd18,1,0,%p2;
add.s64 %rd19,%rd16,%rd18;
mov.u32 %r63,%ctaid.x;
cvt.u64.u32 %rd99,%r63;
setp.le.u64 %p3,%rd19,%rd99;
@%p3 bra $L__BB0_68;
mov.u32 %r64,%tid.x;
and.b32 %r1,%r64,1;
shl.b32 %r65,%r64,2;
and.b32 %r66,%r65,4;
neg.s32 %r67,%r66;
cvt.s64.s32 %rd2,%r67;
$L__BB0_2:
shl.b64 %rd4,%rd99,13;
sub.s64 %rd20,%rd14,%rd4;
min.u64 %rd21,%rd20,8192;
cvt.u32.u64 %r2,%rd21;
mul.lo.s64 %rd5,%rd99,4352;
add.s64 %rd6,%rd13,%rd5;
mul.lo.s32 %r3,%r2,136;
shr.u32 %r4,%r3,8;
and.b64 %rd22,%rd6,15;
setp.eq.s64 %p4,%rd22,0;
@%p4 bra $L__BB0_14;
cvt.u32.u64 %r68,%rd6;
and.b32 %r5,%r68,3;
add.s32 %r69,%r4,%r5;
setp.lt.u32 %p5,%r69,8;
add.s32 %r70,%r69, -4;
shr.u32 %r71,%r70,2;
selp.b32 %r6,1,%r71,%p5;
mov.u32 %r72,%tid.x;
add.s32 %r311,%r72,1;
setp.ge.u32 %p6,%r311,%r6;
@%p6 bra $L__BB0_11;
cvt.u64.u32 %rd23,%r5;
sub.s64 %rd24,%rd5,%rd23;
add.s64 %rd7,%rd13,%rd24;
shl.b32 %r7,%r5,3;
mov.u32 %r75, -2;
sub.s32 %r76,%r75,%r72;
add.s32 %r8,%r76,%r6;
shr.u32 %r77,%r8,8;
add.s32 %r78,%r77,1;
and.b32 %r9,%r78,3;
setp.eq.s32 %p7,%r9,0;
@%p7 bra $L__BB0_8;
add.s32 %r86,%r72,1;
mul.wide.u32 %rd27,%r86,4;
add.s64 %rd25,%rd7,%rd27;
ld.global.nc.u32 %r79, [%rd25];
add.s64 %rd26,%rd25,4;
ld.global.nc.u32 %r80, [%rd26];
shf.r.wrap.b32 %r81,%r79,%r80,%r7;
mov.u64 %rd28, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq4_xsEEEvPKhyPhjE4tile;
add.s64 %rd29,%rd28,%rd27;
st.shared.u32 [%rd29],%r81;
add.s32 %r311,%r72,257;
setp.eq.s32 %p8,%r9,1;
@%p8 bra $L__BB0_8;
add.s32 %r94,%r72,257;
mul.wide.u32 %rd32,%r94,4;
add.s64 %rd30,%rd7,%rd32;
ld.global.nc.u32 %r87, [%rd30];
add.s64 %rd31,%rd30,4;
ld.global.nc.u32 %r88, [%rd31];
shf.r.wrap.b32 %r89,%r87,%r88,%r7;
add.s64 %rd34,%rd28,%rd32;
st.shared.u32 [%rd34],%r89;
add.s32 %r311,%r72,513;
setp.eq.s32 %p9,%r9,2;
@%p9 bra $L__BB0_8;
add.s32 %r102,%r72,513;
mul.wide.u32 %rd37,%r102,4;
add.s64 %rd35,%rd7,%rd37;
ld.global.nc.u32 %r95, [%rd35];
add.s64 %rd36,%rd35,4;
ld.global.nc.u32 %r96, [%rd36];
shf.r.wrap.b32 %r97,%r95,%r96,%r7;
add.s64 %rd39,%rd28,%rd37;
st.shared.u32 [%rd39],%r97;
add.s32 %r311,%r72,769;
$L__BB0_8:
setp.lt.u32 %p10,%r8,768;
@%p10 bra $L__BB0_11;
$L__BB0_10:
.pragma "nounroll";
mul.wide.u32 %rd48,%r311,4;
add.s64 %rd40,%rd7,%rd48;
ld.global.nc.u32 %r103, [%rd40];
add.s64 %rd41,%rd40,4;
ld.global.nc.u32 %r104, [%rd41];
shf.r.wrap.b32 %r105,%r103,%r104,%r7;
mov.u64 %rd49, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq4_xsEEEvPKhyPhjE4tile;
add.s64 %rd50,%rd49,%rd48;
st.shared.u32 [%rd50],%r105;
add.s32 %r127,%r311,256;
mul.wide.u32 %rd51,%r127,4;
add.s64 %rd42,%rd7,%rd51;
ld.global.nc.u32 %r109, [%rd42];
add.s64 %rd43,%rd42,4;
ld.global.nc.u32 %r110, [%rd43];
shf.r.wrap.b32 %r111,%r109,%r110,%r7;
add.s64 %rd52,%rd49,%rd51;
st.shared.u32 [%rd52],%r111;
add.s32 %r128,%r311,512;
mul.wide.u32 %rd53,%r128,4;
add.s64 %rd44,%rd7,%rd53;
ld.global.nc.u32 %r115, [%rd44];
add.s64 %rd45,%rd44,4;
ld.global.nc.u32 %r116, [%rd45];
shf.r.wrap.b32 %r117,%r115,%r116,%r7;
add.s64 %rd54,%rd49,%rd53;
st.shared.u32 [%rd54],%r117;
add.s32 %r129,%r311,768;
mul.wide.u32 %rd55,%r129,4;
add.s64 %rd46,%rd7,%rd55;
ld.global.nc.u32 %r121, [%rd46];
add.s64 %rd47,%rd46,4;
ld.global.nc.u32 %r122, [%rd47];
shf.r.wrap.b32 %r123,%r121,%r122,%r7;
add.s64 %rd56,%rd49,%rd55;
st.shared.u32 [%rd56],%r123;
add.s32 %r311,%r311,1024;
setp.lt.u32 %p11,%r311,%r6;
@%p11 bra $L__BB0_10;
$L__BB0_11:
setp.gt.u32 %p12,%r72,15;
@%p12 bra $L__BB0_24;
setp.lt.u32 %p13,%r72,4;
shl.b32 %r132,%r6,2;
add.s32 %r133,%r72,%r132;
add.s32 %r134,%r133, -4;
selp.b32 %r17,%r72,%r134,%p13;
setp.ge.u32 %p14,%r17,%r4;
@%p14 bra $L__BB0_24;
cvt.u64.u32 %rd57,%r17;
add.s64 %rd58,%rd5,%rd57;
cvta.to.global.u64 %rd59,%rd13;
add.s64 %rd60,%rd59,%rd58;
ld.global.u8 %rs1, [%rd60];
mov.u64 %rd61, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq4_xsEEEvPKhyPhjE4tile;
add.s64 %rd62,%rd61,%rd57;
st.shared.u8 [%rd62],%rs1;
bra.uni $L__BB0_24;
$L__BB0_14:
shr.u32 %r18,%r3,12;
mov.u32 %r136,%tid.x;
setp.ge.u32 %p15,%r136,%r18;
@%p15 bra $L__BB0_16;
mul.wide.u32 %rd64,%r136,16;
add.s64 %rd63,%rd6,%rd64;
ld.global.nc.v4.u32 {%r316,%r315,%r314,%r313}, [%rd63];
$L__BB0_16:
add.s32 %r144,%r136,256;
setp.ge.u32 %p16,%r144,%r18;
@%p16 bra $L__BB0_18;
mul.wide.u32 %rd66,%r136,16;
add.s64 %rd67,%rd6,%rd66;
add.s64 %rd65,%rd67,4096;
ld.global.nc.v4.u32 {%r317,%r318,%r319,%r320}, [%rd65];
$L__BB0_18:
@%p15 bra $L__BB0_20;
mul.wide.u32 %rd68,%r136,16;
mov.u64 %rd69, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq4_xsEEEvPKhyPhjE4tile;
add.s64 %rd70,%rd69,%rd68;
st.shared.v4.u32 [%rd70], {%r316,%r315,%r314,%r313};
$L__BB0_20:
@%p16 bra $L__BB0_22;
mul.wide.u32 %rd71,%r144,16;
mov.u64 %rd72, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq4_xsEEEvPKhyPhjE4tile;
add.s64 %rd73,%rd72,%rd71;
st.shared.v4.u32 [%rd73], {%r317,%r318,%r319,%r320};
$L__BB0_22:
and.b32 %r156,%r4,15;
setp.ge.u32 %p19,%r136,%r156;
@%p19 bra $L__BB0_24;
and.b32 %r158,%r4,16368;
add.s32 %r160,%r158,%r136;
cvt.u64.u32 %rd74,%r160;
add.s64 %rd75,%rd5,%rd74;
cvta.to.global.u64 %rd76,%rd13;
add.s64 %rd77,%rd76,%rd75;
ld.global.u8 %rs2, [%rd77];
mov.u64 %rd78, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq4_xsEEEvPKhyPhjE4tile;
add.s64 %rd79,%rd78,%rd74;
st.shared.u8 [%rd79],%rs2;
$L__BB0_24:
and.b64 %rd80,%rd15,15;
setp.eq.s64 %p20,%rd80,0;
bar.sync 0;
setp.eq.s32 %p21,%r2,8192;
and.pred %p1,%p20,%p21;
shl.b32 %r321,%r64,3;
setp.ge.u32 %p22,%r321,%r2;
@%p22 bra $L__BB0_67;
cvta.to.global.u64 %rd81,%rd15;
setp.eq.s32 %p23,%r62,0;
selp.b64 %rd82,4,2,%p23;
mul.lo.s64 %rd83,%rd4,%rd82;
add.s64 %rd8,%rd81,%rd83;
mov.u32 %r322,%r64;
$L__BB0_26:
.pragma "nounroll";
shr.u32 %r163,%r322,5;
mul.lo.s32 %r164,%r163,136;
cvt.u64.u32 %rd84,%r164;
mov.u64 %rd85, _ZZN4cria2v03gpu7kernels6detail10dequantizeINS2_6format6iq4_xsEEEvPKhyPhjE4tile;
add.s64 %rd86,%rd85,%rd84;
shl.b32 %r165,%r322,2;
and.b32 %r166,%r165,112;
shl.b32 %r167,%r322,3;
and.b32 %r168,%r167,8;
or.b32 %r169,%r168,%r166;
add.s32 %r170,%r169,8;
cvt.u64.u32 %rd87,%r170;
add.s64 %rd88,%rd86,%rd87;
ld.shared.v2.u32 {%r171,%r172}, [%rd88];
mov.u32 %r174,0;
shl.b32 %r176,%r322,1;
and.b32 %r177,%r176,4;
shr.u32 %r178,%r171,%r177;
and.b32 %r179,%r178,252645135;
shr.u32 %r180,%r172,%r177;
and.b32 %r181,%r180,252645135;
ld.shared.v2.u32 {%r182,%r183}, [%rd86];
and.b32 %r186,%r322,28;
shr.u32 %r187,%r183,%r186;
and.b32 %r188,%r187,15;
shr.u32 %r189,%r322,1;
and.b32 %r190,%r189,14;
or.b32 %r191,%r190,16;
shr.u32 %r192,%r182,%r191;
and.b32 %r193,%r192,3;
bfi.b32 %r194,%r193,%r188,4,2;
shr.u32 %r195,%r179,4;
or.b32 %r196,%r195,%r179;
mov.u32 %r197,17440;
prmt.b32 %r198,%r196,%r174,%r197;
and.b32 %r199,%r198,30583;
mov.u32 %r200,1986682191;
mov.u32 %r201,1059919873;
prmt.b32 %r202,%r201,%r200,%r199;
mov.u32 %r203, -237386315;
mov.u32 %r204, -1499886207;
prmt.b32 %r205,%r204,%r203,%r199;
and.b32 %r206,%r198,34952;
shr.u32 %r207,%r206,1;
or.b32 %r208,%r207,12816;
prmt.b32 %r209,%r202,%r205,%r208;
shr.u32 %r210,%r181,4;
or.b32 %r211,%r210,%r181;
prmt.b32 %r212,%r211,%r174,%r197;
and.b32 %r213,%r212,30583;
prmt.b32 %r214,%r201,%r200,%r213;
prmt.b32 %r215,%r204,%r203,%r213;
and.b32 %r216,%r212,34952;
shr.u32 %r217,%r216,1;
or.b32 %r218,%r217,12816;
prmt.b32 %r219,%r214,%r215,%r218;
cvt.u16.u32 %rs3,%r182;
cvt.f32.f16 %f9,%rs3;
add.s32 %r220,%r194, -32;
cvt.rn.f32.s32 %f12,%r220;
mul.rn.f32 %f10,%f9,%f12;
mov.u32 %r221,30288;
mov.u32 %r222,1258291200;
prmt.b32 %r223,%r209,%r222,%r221;
mov.b32 %f14,%r223;
mov.f32 %f57,0f4B000080;
sub.rn.f32 %f13,%f14,%f57;
mul.rn.f32 %f16,%f13,%f10;
mov.b32 %r39,%f16;
mov.u32 %r224,30289;
prmt.b32 %r225,%r209,%r222,%r224;
mov.b32 %f20,%r225;
sub.rn.f32 %f19,%f20,%f57;
mul.rn.f32 %f22,%f19,%f10;
mov.b32 %r40,%f22;
mov.u32 %r226,30290;
prmt.b32 %r227,%r209,%r222,%r226;
mov.b32 %f26,%r227;
sub.rn.f32 %f25,%f26,%f57;
mul.rn.f32 %f28,%f25,%f10;
mov.b32 %r41,%f28;
mov.u32 %r228,30291;
prmt.b32 %r229,%r209,%r222,%r228;
mov.b32 %f32,%r229;
sub.rn.f32 %f31,%f32,%f57;
mul.rn.f32 %f34,%f31,%f10;
mov.b32 %r42,%f34;
prmt.b32 %r230,%r219,%r222,%r221;
mov.b32 %f38,%r230;
sub.rn.f32 %f37,%f38,%f57;
mul.rn.f32 %f40,%f37,%f10;
mov.b32 %r43,%f40;
prmt.b32 %r231,%r219,%r222,%r224;
mov.b32 %f44,%r231;
sub.rn.f32 %f43,%f44,%f57;
mul.rn.f32 %f46,%f43,%f10;
mov.b32 %r44,%f46;
prmt.b32 %r232,%r219,%r222,%r226;
mov.b32 %f50,%r232;
sub.rn.f32 %f49,%f50,%f57;
mul.rn.f32 %f52,%f49,%f10;
mov.b32 %r45,%f52;
prmt.b32 %r233,%r219,%r222,%r228;
mov.b32 %f56,%r233;
sub.rn.f32 %f55,%f56,%f57;
mul.rn.f32 %f58,%f55,%f10;
mov.b32 %r46,%f58;
sub.s32 %r47,%r2,%r321;
@%p23 bra $L__BB0_29;
setp.ne.s32 %p25,%r62,1;
@%p25 bra $L__BB0_47;
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f16;
cvt.rn.f16.f32 upper,%f22;
mov.b32 %r323, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f28;
cvt.rn.f16.f32 upper,%f34;
mov.b32 %r324, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f40;
cvt.rn.f16.f32 upper,%f46;
mov.b32 %r325, {lower, upper};
}
{
.reg .b16 lower, upper;
cvt.rn.f16.f32 lower,%f52;
cvt.rn.f16.f32 upper,%f58;
mov.b32 %r326, {lower, upper};
}
bra.uni $L__BB0_48;
$L__BB0_29:
cvt.u64.u32 %rd9,%r321;
@%p1 bra $L__BB0_46;
bra.uni $L__BB0_30;
$L__BB0_46:
setp.ne.s32 %p34,%r1,0;
selp.b32 %r238,%r39,%r43,%p34;
mov.u32 %r239,31;
mov.u32 %r240,1;
mov.u32 %r241, -1;
shfl.sync.bfly.b32 %r242|%p35,%r238,%r240,%r239,%r241;
mov.b32 %f69,%r242;
selp.b32 %r243,%r40,%r44,%p34;
shfl.sync.bfly.b32 %r244|%p36,%r243,%r240,%r239,%r241;
mov.b32 %f70,%r244;
selp.b32 %r245,%r41,%r45,%p34;
shfl.sync.bfly.b32 %r246|%p37,%r245,%r240,%r239,%r241;
mov.b32 %f71,%r246;
selp.b32 %r247,%r42,%r46,%p34;
shfl.sync.bfly.b32 %r248|%p38,%r247,%r240,%r239,%r241;
mov.b32 %f72,%r248;
add.s64 %rd90,%rd9,%rd2;
shl.b64 %rd91,%rd90,2;
add.s64 %rd92,%rd8,%rd91;
selp.f32 %f73,%f69,%f16,%p34;
selp.f32 %f74,%f70,%f22,%p34;
selp.f32 %f75,%f71,%f28,%p34;
selp.f32 %f76,%f72,%f34,%p34;
st.global.v4.f32 [%rd92], {%f73,%f74,%f75,%f76};
selp.f32 %f77,%f40,%f69,%p34;
selp.f32 %f78,%f46,%f70,%p34;
selp.f32 %f79,%f52,%f71,%p34;
selp.f32 %f80,%f58,%f72,%p34;
st.global.v4.f32 [%rd92+32], {%f77,%f78,%f79,%f80};
bra.uni $L__BB0_66;
$L__BB0_47:
and.b32 %r249,%r39,2147483647;
setp.gt.u32 %p39,%r249,2139095040;
shr.u32 %r250,%r39,16;
and.b32 %r251,%r250,1;
add.s32 %r252,%r39,%r251;
add.s32 %r253,%r252,32767;
or.b32 %r254,%r39,4194304;
selp.b32 %r255,%r254,%r253,%p39;
and.b32 %r256,%r40,2147483647;
setp.gt.u32 %p40,%r256,2139095040;
shr.u32 %r257,%r40,16;
and.b32 %r258,%r257,1;
add.s32 %r259,%r40,%r258;
add.s32 %r260,%r259,32767;
or.b32 %r261,%r40,4194304;
selp.b32 %r262,%r261,%r260,%p40;
mov.u32 %r263,30258;
prmt.b32 %r323,%r255,%r262,%r263;
and.b32 %r264,%r41,2147483647;
setp.gt.u32 %p41,%r264,2139095040;
shr.u32 %r265,%r41,16;
and.b32 %r266,%r265,1;
add.s32 %r267,%r41,%r266;
add.s32 %r268,%r267,32767;
or.b32 %r269,%r41,4194304;
selp.b32 %r270,%r269,%r268,%p41;
and.b32 %r271,%r42,2147483647;
setp.gt.u32 %p42,%r271,2139095040;
shr.u32 %r272,%r42,16;
and.b32 %r273,%r272,1;
add.s32 %r274,%r42,%r273;
add.s32 %r275,%r274,32767;
or.b32 %r276,%r42,4194304;
selp.b32 %r277,%r276,%r275,%p42;
prmt.b32 %r324,%r270,%r277,%r263;
and.b32 %r278,%r43,2147483647;
setp.gt.u32 %p43,%r278,2139095040;
shr.u32 %r279,%r43,16;
and.b32 %r280,%r279,1;
add.s32 %r281,%r43,%r280;
add.s32 %r282,%r281,32767;
or.b32 %r283,%r43,4194304;
selp.b32 %r284,%r283,%r282,%p43;
and.b32 %r285,%r44,2147483647;
setp.gt.u32 %p44,%r285,2139095040;
shr.u32 %r286,%r44,16;
and.b32 %r287,%r286,1;
add.s32 %r288,%r44,%r287;
add.s32 %r289,%r288,32767;
or.b32 %r290,%r44,4194304;
selp.b32 %r291,%r290,%r289,%p44;
prmt.b32 %r325,%r284,%r291,%r263;
and.b32 %r292,%r45,2147483647;
setp.gt.u32 %p45,%r292,2139095040;
shr.u32 %r293,%r45,16;
and.b32 %r294,%r293,1;
add.s32 %r295,%r45,%r294;
add.s32 %r296,%r295,32767;
or.b32 %r297,%r45,4194304;
selp.b32 %r298,%r297,%r296,%p45;
and.b32 %r299,%r46,2147483647;
setp.gt.u32 %p46,%r299,2139095040;
shr.u32 %r300,%r46,16;
and.b32 %r301,%r300,1;
add.s32 %r302,%r46,%r301;
add.s32 %r303,%r302,32767;
or.b32 %r304,%r46,4194304;
selp.b32 %r305,%r304,%r303,%p46;
prmt.b32 %r326,%r298,%r305,%r263;
$L__BB0_48:
mul.wide.u32 %rd93,%r321,2;
add.s64 %rd11,%rd8,%rd93;
@%p1 bra $L__BB0_65;
bra.uni $L__BB0_49;
$L__BB0_65:
st.global.v4.u32 [%rd11], {%r323,%r324,%r325,%r326};
bra.uni $L__BB0_66;
$L__BB0_49:
setp.eq.s32 %p47,%r47,0;
@%p47 bra $L__BB0_51;
st.global.u16 [%rd11],%r323;
$L__BB0_51:
setp.lt.u32 %p48,%r47,2;
@%p48 bra $L__BB0_53;
shr.u32 %r306,%r323,16;
st.global.u16 [%rd11+2],%r306;
$L__BB0_53:
setp.lt.u32 %p49,%r47,3;
@%p49 bra $L__BB0_55;
st.global.u16 [%rd11+4],%r324;
$L__BB0_55:
setp.lt.u32 %p50,%r47,4;
@%p50 bra $L__BB0_57;
shr.u32 %r307,%r324,16;
st.global.u16 [%rd11+6],%r307;
$L__BB0_57:
setp.lt.u32 %p51,%r47,5;
@%p51 bra $L__BB0_59;
st.global.u16 [%rd11+8],%r325;
$L__BB0_59:
setp.lt.u32 %p52,%r47,6;
@%p52 bra $L__BB0_61;
shr.u32 %r308,%r325,16;
st.global.u16 [%rd11+10],%r308;
$L__BB0_61:
setp.lt.u32 %p53,%r47,7;
@%p53 bra $L__BB0_63;
st.global.u16 [%rd11+12],%r326;
$L__BB0_63:
setp.lt.u32 %p54,%r47,8;
@%p54 bra $L__BB0_66;
shr.u32 %r309,%r326,16;
st.global.u16 [%rd11+14],%r309;
bra.uni $L__BB0_66;
$L__BB0_30:
setp.eq.s32 %p26,%r47,0;
shl.b64 %rd89,%rd9,2;
add.s64 %rd10,%rd8,%rd89;
@%p26 bra $L__BB0_32;
st.global.f32 [%rd10],%f16;
$L__BB0_32:
setp.lt.u32 %p27,%r47,2;
@%p27 bra $L__BB0_34;
st.global.f32 [%rd10+4],%f22;
$L__BB0_34:
setp.lt.u32 %p28,%r47,3;
@%p28 bra $L__BB0_36;
st.global.f32 [%rd10+8],%f28;
$L__BB0_36:
setp.lt.u32 %p29,%r47,4;
@%p29 bra $L__BB0_38;
st.global.f32 [%rd10+12],%f34;
$L__BB0_38:
setp.lt.u32 %p30,%r47,5;
@%p30 bra $L__BB0_40;
st.global.f32 [%rd10+16],%f40;
$L__BB0_40:
setp.lt.u32 %p31,%r47,6;
@%p31 bra $L__BB0_42;
st.global.f32 [%rd10+20],%f46;
$L__BB0_42:
setp.lt.u32 %p32,%r47,7;
@%p32 bra $L__BB0_44;
st.global.f32 [%rd10+24],%f52;
$L__BB0_44:
setp.lt.u32 %p33,%r47,8;
@%p33 bra $L__BB0_66;
st.global.f32 [%rd10+28],%f58;
$L__BB0_66:
add.s32 %r322,%r322,256;
shl.b32 %r321,%r322,3;
setp.lt.u32 %p55,%r321,%r2;
@%p55 bra $L__BB0_26;
$L__BB0_67:
bar.sync 0;
mov.u32 %r310,%nctaid.x;
cvt.u64.u32 %rd94,%r310;
add.s64 %rd99,%rd99,%rd94;
setp.lt.u64 %p57,%rd99,%rd19;
@%p57 bra $L__BB0_2;
$L__BB0_68:
ret;
}
)ptx"},
};
// clang-format on

}  // namespace cria::inline v0::gpu::kernels

#endif  // CRIA_GPU_KERNELS_DEQUANTIZE_PTX_HPP
